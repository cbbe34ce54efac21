"""The core stands alone, and plugins know only the core."""

import re
import subprocess
import sys
from typing import Final

import pytest

from tests.architecture.source import (
    CORE,
    SOURCES,
    all_imports,
    modules,
)

#: Distribution → the import packages that it brings.
BRINGS: Final = {
    'dmr-pydantic': ('dmr.plugins.pydantic',),
    'dmr-msgspec': ('dmr.plugins.msgspec',),
    'dmr-openapi': ('dmr.openapi',),
    'dmr-testing': ('dmr.test', 'dmr_pytest'),
}

_FOREIGN: Final = tuple(
    package for packages in BRINGS.values() for package in packages
)

#: Imports every module of the core, prints what else of us came with it.
_IMPORT_CORE: Final = """
import importlib, sys
from django.conf import settings
settings.configure(INSTALLED_APPS=['django.contrib.contenttypes', 'dmr'])
import django
django.setup()
for module in {modules!r}:
    importlib.import_module(module)
print(sorted(
    name for name in sys.modules
    if name.startswith({foreign!r}) or name in {libraries!r}
))
"""


def _is_in(module: str, packages: tuple[str, ...]) -> bool:
    return any(
        module == package or module.startswith(f'{package}.')
        for package in packages
    )


def _is_private(path: str) -> bool:
    return any(
        part == 'internal' or part.startswith('_') for part in path.split('.')
    )


def _run(code: str) -> str:
    finished = subprocess.run(
        [sys.executable, '-c', code],
        capture_output=True,
        check=False,
        text=True,
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout.strip()


def test_every_distribution_is_covered() -> None:
    """A new distribution is added to the table."""
    assert {'dmr-core', *BRINGS} == set(SOURCES)


def test_source_of_the_core_imports_no_other_distribution() -> None:
    """Nowhere, type checkers and functions included."""
    imported = [
        str(found)
        for found in all_imports('dmr-core')
        if _is_in(f'{found.module}.{found.name}', _FOREIGN)
        or _is_in(found.module, _FOREIGN)
    ]

    assert [] == imported


@pytest.mark.parametrize('distribution', BRINGS)
def test_source_of_a_plugin_imports_only_the_core(distribution: str) -> None:
    """Plugins do not know each other."""
    others = tuple(
        package for package in _FOREIGN if package not in BRINGS[distribution]
    )

    imported = [
        str(found)
        for found in all_imports(distribution)
        if _is_in(f'{found.module}.{found.name}', others)
    ]

    assert [] == imported


@pytest.mark.parametrize('distribution', BRINGS)
def test_source_of_a_plugin_imports_nothing_private(distribution: str) -> None:
    """What our plugins need of the core is there for all plugins."""
    private = [
        str(found)
        for found in all_imports(distribution)
        if _is_in(found.module, ('dmr',))
        and not _is_in(found.module, BRINGS[distribution])
        and _is_private(f'{found.module}.{found.name}')
    ]

    assert [] == private


def test_importing_dmr_loads_no_other_distribution() -> None:
    """``import dmr`` gives the core, and no library of a plugin."""
    code = _IMPORT_CORE.format(
        modules=['dmr'],
        foreign=_FOREIGN,
        libraries=('pydantic', 'msgspec', 'importlib_metadata'),
    )

    assert '[]' == _run(code)


@pytest.mark.parametrize(
    'statement',
    [
        'from dmr import Controller',
        'from dmr.plugins.pydantic import PydanticSerializer',
        'from dmr.plugins.msgspec import MsgspecSerializer',
        'from dmr.test import DMRClient',
        'import dmr_pytest',
    ],
)
def test_importing_needs_no_settings(
    statement: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Names can be imported before Django is configured."""
    monkeypatch.delenv('DJANGO_SETTINGS_MODULE')

    assert not _run(statement)


def test_importing_all_of_the_core_loads_no_other_distribution() -> None:
    """No module of the core does it behind the back of `dmr`."""
    code = _IMPORT_CORE.format(
        modules=list(modules('dmr-core')),
        foreign=_FOREIGN,
        libraries=('pydantic', 'msgspec'),
    )

    assert '[]' == _run(code)


@pytest.mark.parametrize('word', ['pydantic', 'msgspec'])
def test_the_core_knows_no_plugin_by_name(word: str) -> None:
    """Names of serializers do not occur in its files, comments included."""
    mentions = [
        f'{path.relative_to(CORE)}:{number}: {line}'
        for path in sorted(CORE.rglob('*'))
        if path.is_file() and path.suffix in {'.py', '.pyi', '.po', '.html'}
        for number, line in enumerate(path.read_text('utf-8').splitlines(), 1)
        if re.search(word, line, re.IGNORECASE)
    ]

    assert [] == mentions
