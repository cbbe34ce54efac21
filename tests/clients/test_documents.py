"""The documents of the example projects follow the specification."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest
from openapi_spec_validator import (
    OpenAPIV30SpecValidator,
    OpenAPIV31SpecValidator,
    OpenAPIV32SpecValidator,
)

from tests.integration.demo.server import DEMO

EXAMPLES: Final = DEMO.parent

_EXPORT: Final = Path(__file__).with_name('export.py')

#: Folder in `examples` → its settings and its router.
_PROJECTS: Final = {'demo': ('library_site.settings', 'library.urls:router')}

_VALIDATORS: Final[dict[str, Any]] = {
    '3.0.0': OpenAPIV30SpecValidator,
    '3.1.0': OpenAPIV31SpecValidator,
    '3.2.0': OpenAPIV32SpecValidator,
}


@pytest.fixture(scope='module', params=_PROJECTS)
def documents(request: pytest.FixtureRequest) -> Any:
    """Return version → document, of one project."""
    settings, router = _PROJECTS[request.param]
    folder = str(EXAMPLES / request.param)
    exported = subprocess.run(
        [sys.executable, str(_EXPORT), settings, router, *_VALIDATORS],
        env={**os.environ, 'PYTHONPATH': folder},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert exported.returncode == 0, exported.stderr.decode()
    return json.loads(exported.stdout)


@pytest.mark.slow
@pytest.mark.parametrize('version', _VALIDATORS)
def test_document_is_valid(documents: Any, version: str) -> None:
    """Nothing that openapi-spec-validator knows of is wrong."""
    document = documents[version]

    errors = _VALIDATORS[version](document).iter_errors()

    assert version == document['openapi']
    assert document['paths']
    assert [] == [f'{[*error.path]}: {error.message}' for error in errors]


def test_all_examples_with_a_router_are_tested() -> None:
    """A new example project cannot be forgotten."""
    with_router = {
        source.relative_to(EXAMPLES).parts[0]
        for source in EXAMPLES.rglob('*.py')
        if re.search(r'\bRouter\(', source.read_text('utf-8'))
    }

    assert _PROJECTS.keys() == with_router
