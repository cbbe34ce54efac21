"""The documentation explains every check, where reports say that it does."""

import re
from typing import Any, Final

import pytest

from dmr.parsers import JsonParser
from dmr.plugins.pydantic import PydanticSerializer
from dmr.renderers import JsonRenderer
from dmr.test.contracts import (
    CheckResult,
    check_parser,
    check_renderer,
    check_schema_generator,
    check_serializer,
)
from tests.docs.documents import ROOT, examples

pytestmark = pytest.mark.once

_PAGE: Final = ROOT / 'docs/plugins/conformance-kit.md'
_ROW: Final = re.compile(
    r'^\| `([a-z_]+\.[a-z_]+)` \| ([a-z, ]+) \| (.+) \|$',
    re.MULTILINE,
)


def _shown() -> set[tuple[str, str, str]]:
    page = _PAGE.read_text('utf-8')
    return {
        (name, kind, promise)
        for name, kinds, promise in _ROW.findall(page)
        for kind in kinds.split(', ')
    }


def test_every_check_is_in_the_documentation() -> None:
    """With its promise, and what it is a check of."""
    reports = {
        'serializers': check_serializer(PydanticSerializer),
        'schema generators': check_schema_generator(
            PydanticSerializer.schema_generator,
        ),
        'parsers': check_parser(JsonParser),
        'renderers': check_renderer(JsonRenderer),
    }

    checks = {
        (result.name, kind, result.promise.replace('``', '`'))
        for kind, report in reports.items()
        for result in report
    }

    assert checks == _shown()


def test_classes_of_the_documentation_pass() -> None:
    """All that are shown, with what they say of themselves."""
    namespace: dict[str, Any] = {}
    for example in examples(_PAGE):
        example.evaluate()
        namespace = example.namespace
    classes = [
        found for name, found in namespace.items() if name.startswith('Test')
    ]

    reports = [cls.suite().report(cls.expected_failures) for cls in classes]

    assert len(reports) >= 8
    assert [] == [str(report) for report in reports if not report.ok]


@pytest.mark.parametrize(
    'name',
    sorted({name for name, _kind, _promise in _shown()}),
)
def test_reports_lead_to_the_documentation(name: str) -> None:
    """To a heading of a page that exists."""
    path, _, anchor = CheckResult(name=name, promise='').read_on.partition('#')

    page = (ROOT / path).read_text('utf-8')

    assert f'\n### {anchor.capitalize()}\n' in page
