"""Checks can be run by a call, with any serializer."""

import pytest

from dmr.plugins.pydantic import PydanticSerializer
from dmr.test.contracts import (
    Capabilities,
    SerializerContract,
    check_serializer,
)


def test_a_report_counts_what_passed() -> None:
    """A serializer that is right has nothing to explain."""
    report = check_serializer(
        PydanticSerializer,
        capabilities=Capabilities(every_error=True, bytes_=False),
    )

    assert f'PydanticSerializer: {len(report.results)} passed' == str(report)
    assert report.ok


def test_unknown_checks_are_refused() -> None:
    """A check that does not exist cannot be expected to fail."""
    with pytest.raises(ValueError, match='No check is called'):
        check_serializer(
            PydanticSerializer,
            expected_failures={'values.jsn': 'of a typo'},
        )


class TestPydantic(SerializerContract):
    """A class of tests has one test for each check."""

    serializer = PydanticSerializer
    capabilities = Capabilities(every_error=True, bytes_=False)
