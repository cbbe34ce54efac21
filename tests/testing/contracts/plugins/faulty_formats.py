"""Parsers and renderers with one fault each, all for JSON."""

import json
import math
import time
from typing import Any, ClassVar

from django.http import HttpRequest

from dmr.exceptions import DataParsingError, DataRenderingError
from dmr.parsers import DeserializeFunc, JsonParser, Raw
from dmr.renderers import JsonRenderer


class _Parser(JsonParser):
    """Is without a fault, but says nothing of its version."""

    def read(self, body: Raw) -> Any:
        """Read *body* in the way that may be wrong."""
        return super().parse(body, None, request=HttpRequest(), model=Any)

    def parse(
        self,
        to_deserialize: Raw,
        deserializer_hook: DeserializeFunc | None = None,
        *,
        request: HttpRequest,
        model: Any,
    ) -> Any:
        return self.read(to_deserialize)


class InheritingParser(_Parser):
    """Does not say for which version of the contract it is."""


class NoEmptyParser(_Parser):
    """Takes no bytes for an empty object."""

    dmr_plugin_api = 1

    def read(self, body: Raw) -> Any:
        return super().read(body or b'{}')


class FloatParser(_Parser):
    """Reads integers as browsers do."""

    dmr_plugin_api = 1

    def read(self, body: Raw) -> Any:
        super().read(body)
        return json.loads(body, parse_int=_like_browsers) if body else None


class TrailingParser(_Parser):
    """Does not look at what follows."""

    dmr_plugin_api = 1

    def read(self, body: Raw) -> Any:
        return super().read(body[:1] if body == b'1 1' else body)


class LeakingParser(_Parser):
    """Lets an exception out that nobody expects, where bodies were cut."""

    dmr_plugin_api = 1

    def read(self, body: Raw) -> Any:
        try:
            return super().read(body)
        except DataParsingError as exc:
            if bytes(body).startswith(b'[1,-'):
                raise IndexError('out of range') from exc
            raise


class NaNParser(_Parser):
    """Reads NaN."""

    dmr_plugin_api = 1

    def read(self, body: Raw) -> Any:
        return float('nan') if body == b'NaN' else super().read(body)


class SurrogateParser(_Parser):
    """Reads half of a character."""

    dmr_plugin_api = 1

    def read(self, body: Raw) -> Any:
        try:
            return super().read(body)
        except DataParsingError as exc:
            if 'surrogate' in str(exc):
                return json.loads(body)
            raise


class DeepParser(_Parser):
    """Knows no setting, only what Python allows."""

    dmr_plugin_api = 1

    def read(self, body: Raw) -> Any:
        try:
            return super().read(body)
        except DataParsingError as exc:
            if 'deeper' in str(exc):
                return json.loads(body)
            raise


class FirstKeyParser(_Parser):
    """Takes the first of two equal keys."""

    dmr_plugin_api = 1

    def read(self, body: Raw) -> Any:
        parsed = super().read(body)
        return {'a': 1} if body == b'{"a":1,"a":2}' else parsed


class KeepingParser(_Parser):
    """Keeps the last body."""

    dmr_plugin_api = 1

    def read(self, body: Raw) -> Any:
        self.last = body
        return super().read(body)


class CachingParser(_Parser):
    """Returns one object for equal bodies."""

    dmr_plugin_api = 1
    cache: ClassVar[dict[bytes, Any]] = {}

    def read(self, body: Raw) -> Any:
        parsed = super().read(body)
        return self.cache.setdefault(bytes(body), parsed)


class SharingParser(_Parser):
    """Keeps the current body where all threads have theirs."""

    dmr_plugin_api = 1
    current: ClassVar[Raw] = b''

    def read(self, body: Raw) -> Any:
        type(self).current = body
        time.sleep(0.0001)
        return super().read(self.current)


class NotAParser:
    """Has what a parser has, and is none."""

    dmr_plugin_api = 1
    content_type = 'application/json'

    def parse(self, body: Raw, *_hook: Any, **_options: Any) -> Any:
        return JsonParser().parse(body, request=HttpRequest(), model=Any)


class _Renderer(JsonRenderer):
    """Is without a fault, but says nothing of its version."""


class InheritingRenderer(_Renderer):
    """Does not say for which version of the contract it is."""


class OtherTypeRenderer(_Renderer):
    """Is read by a parser of another media type."""

    dmr_plugin_api = 1

    @property
    def validation_parser(self) -> JsonParser:
        return JsonParser('application/vnd.other+json')


class OrderingRenderer(_Renderer):
    """Loses what is empty."""

    dmr_plugin_api = 1

    def render(self, to_serialize: Any, serializer_hook: Any) -> bytes:
        if to_serialize == []:
            to_serialize = None
        return super().render(to_serialize, serializer_hook)


class FloatRenderer(_Renderer):
    """Writes integers as browsers read them."""

    dmr_plugin_api = 1

    def render(self, to_serialize: Any, serializer_hook: Any) -> bytes:
        if type(to_serialize) is int:
            to_serialize = _like_browsers(str(to_serialize))
        return super().render(to_serialize, serializer_hook)


class AsciiRenderer(_Renderer):
    """Has a question mark for each other character."""

    dmr_plugin_api = 1

    def render(self, to_serialize: Any, serializer_hook: Any) -> bytes:
        written = super().render(to_serialize, serializer_hook)
        return written.decode().encode('ascii', 'replace')


class SpaceRenderer(_Renderer):
    """Writes dates as people do."""

    dmr_plugin_api = 1

    def render(self, to_serialize: Any, serializer_hook: Any) -> bytes:
        written = super().render(to_serialize, serializer_hook)
        return written.replace(b'02T03:', b'02 03:')


class ChangingRenderer(_Renderer):
    """Writes a space more each time."""

    dmr_plugin_api = 1
    count: ClassVar[int] = 0

    def render(self, to_serialize: Any, serializer_hook: Any) -> bytes:
        type(self).count += 1
        written = super().render(to_serialize, serializer_hook)
        return written + b' ' * (self.count % 100)


class OnceRenderer(_Renderer):
    """Asks the hook, and nobody about what it returns."""

    dmr_plugin_api = 1

    def render(self, to_serialize: Any, serializer_hook: Any) -> bytes:
        asked: list[Any] = []

        def simplify(unknown: Any) -> Any:
            if any(unknown is inner for inner in asked):
                raise DataRenderingError('Not again')
            simplified = serializer_hook(unknown)
            if isinstance(simplified, dict):
                asked.extend(simplified.values())
            return simplified

        return super().render(to_serialize, simplify)


class DeafRenderer(_Renderer):
    """Writes what it does not know as text, without asking."""

    dmr_plugin_api = 1

    def render(self, to_serialize: Any, serializer_hook: Any) -> bytes:
        def simplify(unknown: Any) -> Any:
            if type(unknown) is object:
                return serializer_hook(unknown)
            return repr(unknown)

        return super().render(to_serialize, simplify)


class NullRenderer(_Renderer):
    """Writes null for what is no number."""

    dmr_plugin_api = 1

    def render(self, to_serialize: Any, serializer_hook: Any) -> bytes:
        if type(to_serialize) is float and math.isnan(to_serialize):
            return b'null'
        return super().render(to_serialize, serializer_hook)


class StumblingRenderer(_Renderer):
    """Lets Python's own limit out."""

    dmr_plugin_api = 1

    def render(self, to_serialize: Any, serializer_hook: Any) -> bytes:
        try:
            return super().render(to_serialize, serializer_hook)
        except DataRenderingError as exc:
            if isinstance(exc.__cause__, RecursionError):
                raise exc.__cause__ from None
            raise


class EmptyingRenderer(_Renderer):
    """Takes data out of what it writes."""

    dmr_plugin_api = 1

    def render(self, to_serialize: Any, serializer_hook: Any) -> bytes:
        written = super().render(to_serialize, serializer_hook)
        if type(to_serialize) is dict and len(to_serialize) > 2:
            to_serialize.clear()
        return written


class SharingRenderer(_Renderer):
    """Keeps the current data where all threads have theirs."""

    dmr_plugin_api = 1
    current: ClassVar[Any] = None

    def render(self, to_serialize: Any, serializer_hook: Any) -> bytes:
        type(self).current = to_serialize
        time.sleep(0.0001)
        return super().render(self.current, serializer_hook)


def make_json_parser() -> JsonParser:
    """Make a parser; a function may, just as a class."""
    return JsonParser()


def _like_browsers(digits: str) -> int:
    return int(float(digits))
