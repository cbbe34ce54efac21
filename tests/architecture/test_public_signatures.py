"""Documented signatures are those that are installed."""

import dataclasses
import inspect
from collections.abc import Mapping
from http import HTTPMethod, HTTPStatus
from typing import Any, Final

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.module_loading import import_string

from dmr import Controller
from dmr.components import (
    BodyComponent,
    CookiesComponent,
    FileMetadataComponent,
    HeadersComponent,
    PathComponent,
    QueryComponent,
)
from dmr.errors import ErrorModel, format_error
from dmr.internal.json import NativeJson
from dmr.types import AnnotationsContext, EmptyObj
from dmr.validation.payload import (
    EndpointOptions,
    ModifyEndpointPayload,
    ModifyOptions,
    ValidateEndpointPayload,
)
from tests.architecture.public_signatures import ATTRIBUTES, SIGNATURES

#: Names that stand for defaults in the table.
_DEFAULTS: Final[dict[str, Any]] = {
    'DjangoJSONEncoder': DjangoJSONEncoder,
    'HTTPStatus': HTTPStatus,
    'NativeJson': NativeJson,
    'format_error': format_error,
}

#: Documented with all options, written with `Unpack` of a typed dictionary.
_OPTIONS: Final = {
    'dmr.endpoint.modify': (ModifyOptions, ModifyEndpointPayload),
    'dmr.endpoint.validate': (EndpointOptions, ValidateEndpointPayload),
}

#: Option of the decorator → field of the payload, where they differ.
_RENAMED: Final = {'extra_responses': 'responses'}

#: Documented as methods of a class, but the class is looked at on instances:
#: both forms can be called in both ways.
_EITHER: Final = {
    'dmr.metadata.ResponseSpecProvider.provide_response_specs',
}

#: An endpoint without a decorator has a payload too, whose sets must not say
#: ``None``: that would empty the sets of its controller and of the settings.
_DECIDED: Final = dict.fromkeys(
    (
        'dmr.validation.ModifyEndpointPayload',
        'dmr.validation.ValidateEndpointPayload',
    ),
    frozenset(('exclude_semantic_responses', 'no_validate_http_spec')),
)

#: Django calls these, which have all of Django's parameters.
_DJANGO: Final = {'dmr.controller.Controller'}


def _resolve(path: str) -> Any:
    try:
        return import_string(path)
    except ImportError:
        owner, _, name = path.rpartition('.')
        return inspect.getattr_static(import_string(owner), name)


def _documented(text: str) -> tuple[str, list[inspect.Parameter]]:
    kind, _, signature = text.partition(' ')
    namespace = dict(_DEFAULTS)
    exec(f'def documented{signature or "()"}: ...', namespace)
    return kind, [
        *inspect.signature(namespace['documented']).parameters.values()
    ]


def _installed(path: str, found: Any) -> list[inspect.Parameter]:
    function = found.__func__ if isinstance(found, classmethod) else found
    parameters = [*inspect.signature(function).parameters.values()]
    owner = path.rpartition('.')[0].rpartition('.')[2]
    is_member = owner[:1].isupper() and not inspect.isclass(found)
    return parameters[1:] if is_member else parameters


def _is_optional(parameter: inspect.Parameter) -> bool:
    return parameter.default is not parameter.empty or parameter.kind in {
        parameter.VAR_KEYWORD,
        parameter.VAR_POSITIONAL,
    }


def _kind(found: Any) -> str:
    if inspect.isclass(found):
        return 'class'
    if isinstance(found, property):
        return 'property'
    if isinstance(found, classmethod):
        return 'classmethod'
    return 'async' if inspect.iscoroutinefunction(found) else 'plain'


@pytest.mark.parametrize('path', SIGNATURES)
def test_kind(path: str) -> None:
    """Classes, properties, class methods and coroutines are what they are."""
    kind, _ = _documented(SIGNATURES[path])
    expected = {'method': 'plain', 'function': 'plain'}.get(kind, kind)

    if path not in _EITHER:
        assert expected == _kind(_resolve(path))


@pytest.mark.parametrize(
    'path',
    [
        path
        for path in SIGNATURES
        if path not in _OPTIONS
        and path not in _DJANGO
        and SIGNATURES[path].partition(' ')[2]
    ],
)
def test_signature(path: str) -> None:
    """Names, order, kinds and defaults agree; what we add is optional."""
    _, documented = _documented(SIGNATURES[path])

    installed = _installed(path, _resolve(path))

    by_name = {one.name: one for one in installed}
    known = [by_name[one.name] for one in documented if one.name in by_name]
    added = [one for one in installed if one not in known]
    decided = _DECIDED.get(path, frozenset())
    assert [
        (one.name, one.kind, one.default)
        for one in documented
        if one.name not in decided
    ] == [
        # What is required in the documentation may have a default.
        (one.name, one.kind, one.default)
        if theirs.default is not theirs.empty
        else (one.name, one.kind, one.empty)
        for one, theirs in zip(known, documented, strict=True)
        if one.name not in decided
    ]
    assert [] == [one.name for one in added if not _is_optional(one)]


@pytest.mark.parametrize('path', _OPTIONS)
def test_options_of_decorators(path: str) -> None:
    """Documented options are in the typed dictionary, with their defaults."""
    options, payload = _OPTIONS[path]
    _, documented = _documented(SIGNATURES[path])
    fields = {one.name: one for one in dataclasses.fields(payload)}
    names = {
        one.name
        for one in documented
        if one.kind is one.KEYWORD_ONLY and one.name != 'error_handler'
    }

    assert set() == names - set(options.__annotations__)
    assert {
        one.name: one.default
        for one in documented
        if one.kind is one.KEYWORD_ONLY
    } == {
        one.name: fields[_RENAMED.get(one.name, one.name)].default
        for one in documented
        if one.kind is one.KEYWORD_ONLY
    }


@pytest.mark.parametrize('path', _OPTIONS)
def test_options_and_payload_have_the_same_names(path: str) -> None:
    """An option is one line in each."""
    options, payload = _OPTIONS[path]
    fields = {one.name for one in dataclasses.fields(payload)}
    named = {_RENAMED.get(one, one) for one in options.__annotations__}

    internal = {'error_handler', 'security'} | (
        {'responses'} if options is EndpointOptions else set()
    )
    assert named == fields - internal


@pytest.mark.parametrize(
    ('path', 'name'),
    [
        (path, name)
        for path, names in ATTRIBUTES.items()
        for name in names.split()
    ],
)
def test_attribute(path: str, name: str) -> None:
    """The class has, or its instances will have, this attribute."""
    cls = import_string(path)
    annotated = {
        one
        for base in cls.__mro__
        for one in vars(base).get('__annotations__', ())
    }

    assert hasattr(cls, name) or name in annotated


_CONTROLLER: Final[Mapping[str, Any]] = {
    'csrf_exempt': True,
    'no_validate_http_spec': frozenset(),
    'exclude_semantic_responses': frozenset(),
    'responses': [],
    'parsers': (),
    'renderers': (),
    'auth': (),
    'throttling': (),
    'throttling_allow_unsafe_cache': EmptyObj,
    'error_model': ErrorModel,
    'is_abstract': True,
    'is_async': None,
    'streaming': False,
    'annotations_context': AnnotationsContext(),
    'validate_responses': None,
    'validate_events': None,
    'validate_negotiation': None,
    'semantic_responses': None,
    'summary': None,
    'description': None,
    'servers': None,
    'allowed_http_methods': frozenset(
        {one.lower() for one in HTTPMethod} - {'options'} | {'meta'},
    ),
}


@pytest.mark.parametrize('name', _CONTROLLER)
def test_default_of_a_controller(name: str) -> None:
    """A controller that sets nothing has the documented values."""
    assert _CONTROLLER[name] == getattr(Controller, name)


@pytest.mark.parametrize(
    ('component', 'name'),
    [
        (BodyComponent, 'parsed_body'),
        (QueryComponent, 'parsed_query'),
        (HeadersComponent, 'parsed_headers'),
        (PathComponent, 'parsed_path'),
        (CookiesComponent, 'parsed_cookies'),
        (FileMetadataComponent, 'parsed_file_metadata'),
    ],
)
def test_name_of_a_component(component: Any, name: str) -> None:
    """Parameters of endpoints are called like this."""
    assert name == component.context_name
