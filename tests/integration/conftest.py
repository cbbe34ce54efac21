"""Both serializers and both wire formats, for whole requests."""

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest
from django.utils import translation

from dmr.parsers import JsonParser, Parser
from dmr.plugins.msgspec import (
    MsgpackParser,
    MsgpackRenderer,
    MsgspecJsonParser,
    MsgspecJsonRenderer,
    MsgspecSerializer,
)
from dmr.plugins.pydantic import PydanticSerializer
from dmr.renderers import JsonRenderer, Renderer
from tests.integration.serving import Site


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Forget the language that a middleware has set during a test."""
    with translation.override('en'):
        yield


@pytest.fixture(
    params=[PydanticSerializer, MsgspecSerializer],
    ids=['pydantic', 'msgspec'],
)
def serializer(request: pytest.FixtureRequest) -> Any:
    """Return each serializer in turn."""
    return request.param


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """One format on the wire, with a parser and a renderer for it."""

    parser: Parser
    renderer: Renderer
    encode: Callable[[Any], bytes]
    decode: Callable[[bytes], Any]

    @property
    def media_type(self) -> str:
        """Return what to write into ``Content-Type`` and ``Accept``."""
        return self.parser.content_type

    @property
    def headers(self) -> dict[str, str]:
        """Return the headers of a request in this format."""
        return {'Content-Type': self.media_type, 'Accept': self.media_type}


@pytest.fixture(
    params=[
        Wire(
            parser=JsonParser(),
            renderer=JsonRenderer(),
            encode=msgspec.json.encode,
            decode=msgspec.json.decode,
        ),
        Wire(
            parser=MsgspecJsonParser(),
            renderer=MsgspecJsonRenderer(),
            encode=msgspec.json.encode,
            decode=msgspec.json.decode,
        ),
        Wire(
            parser=MsgpackParser(),
            renderer=MsgpackRenderer(),
            encode=msgspec.msgpack.encode,
            decode=msgspec.msgpack.decode,
        ),
    ],
    ids=['json', 'msgspec-json', 'msgpack'],
)
def wire(request: pytest.FixtureRequest) -> Wire:
    """Return each wire format in turn."""
    wire: Wire = request.param
    return wire


@pytest.fixture(params=['json', 'msgpack'])
def site(request: pytest.FixtureRequest, serializer: Any) -> Site:
    """Return a site for each serializer and each format."""
    return Site(serializer=serializer, body_format=request.param)


@pytest.fixture
def json_site(serializer: Any) -> Site:
    """Return a site for each serializer, in JSON."""
    return Site(serializer=serializer)
