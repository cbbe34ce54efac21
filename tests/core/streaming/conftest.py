"""Both serializers, and requests of both kinds of servers."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections

from dmr.plugins.msgspec import MsgspecSerializer
from dmr.plugins.pydantic import PydanticSerializer


@pytest.fixture(
    params=[PydanticSerializer, MsgspecSerializer],
    ids=['pydantic', 'msgspec'],
)
def serializer(request: pytest.FixtureRequest) -> Any:
    """Return each serializer in turn."""
    return request.param


@pytest.fixture(autouse=True)
def no_database() -> Iterator[None]:
    """Keep the end of a request from looking for database connections."""
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)
