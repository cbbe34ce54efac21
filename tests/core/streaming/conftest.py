"""Both serializers, and requests of both kinds of servers."""

from typing import Any

import pytest

from dmr.plugins.msgspec import MsgspecSerializer
from dmr.plugins.pydantic import PydanticSerializer


@pytest.fixture(
    params=[PydanticSerializer, MsgspecSerializer],
    ids=['pydantic', 'msgspec'],
)
def serializer(request: pytest.FixtureRequest) -> Any:
    """Return each serializer in turn."""
    return request.param
