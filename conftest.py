"""What the examples in docstrings can rely on."""

import pytest

from dmr.plugins.pydantic import PydanticSerializer


@pytest.fixture(autouse=True)
def _serializer(doctest_namespace: dict[str, object]) -> None:
    """Give examples of the core a serializer; they do not name one."""
    doctest_namespace['serializer'] = PydanticSerializer
