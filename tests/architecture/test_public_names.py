"""Every documented name can be imported from where it is documented."""

import importlib
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

import pytest
from django.utils.module_loading import import_string

from tests.architecture.public_names import (
    LATER,
    MEMBERS,
    MEMBERS_LATER,
    NAMES,
)


def _pairs(table: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for place, names in table.items():
        yield from ((place, name) for name in names.split())


def _importable(module: str, name: str) -> bool:
    """Tell whether ``from module import name`` works."""
    namespace: dict[str, object] = {}
    try:
        exec(f'from {module} import {name}', namespace)
    except ImportError:
        return False
    return name in namespace


def _has_member(class_path: str, name: str) -> bool:
    cls = import_string(class_path)
    names = {field.name for field in fields(cls)} if is_dataclass(cls) else ()
    return hasattr(cls, name) or name in names or name in _annotated(cls)


def _annotated(cls: type[object]) -> set[str]:
    return {
        name
        for base in cls.__mro__
        for name in vars(base).get('__annotations__', ())
    }


@pytest.mark.parametrize(('module', 'name'), [*_pairs(NAMES)])
def test_name_is_importable(module: str, name: str) -> None:
    """The name is where it is documented."""
    importlib.import_module(module)

    assert _importable(module, name)


@pytest.mark.parametrize(('class_path', 'name'), [*_pairs(MEMBERS)])
def test_class_has_member(class_path: str, name: str) -> None:
    """The class has what users call or override."""
    assert _has_member(class_path, name)


def test_names_for_later_are_missing() -> None:
    """Whatever is there belongs into the first table."""
    there = [
        f'{module}: {name}'
        for module, name in _pairs(LATER)
        if _importable(module, name)
    ]

    assert [] == there


def test_classes_for_later_are_missing() -> None:
    """Whatever is there belongs into the first table."""
    there = [
        class_path
        for class_path in MEMBERS_LATER
        if _importable(*class_path.rsplit('.', 1))
    ]

    assert [] == there


def test_no_name_is_in_both_tables() -> None:
    """A name is there or it is not."""
    assert set() == {*_pairs(NAMES)} & {*_pairs(LATER)}
