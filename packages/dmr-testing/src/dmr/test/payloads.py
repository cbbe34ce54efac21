"""Make requests from the models of an endpoint.

Needs ``dmr-testing[polyfactory]``, which knows dataclasses, typed dictionaries
and the models of all serializers.
"""

import dataclasses
import datetime as dt
import importlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final, cast

from dmr.components import (
    BodyComponent,
    ComponentParser,
    CookiesComponent,
    HeadersComponent,
    PathComponent,
    QueryComponent,
)
from dmr.components.shaping import names_in
from dmr.endpoint import Endpoint
from dmr.negotiation.content_types import by_content_type
from dmr.test._endpoints import AnyController, find_endpoint
from dmr.test._sending import send_parts
from dmr.types import Empty, EmptyObj

try:
    from faker import Faker
    from polyfactory.factories import DataclassFactory
except ImportError as exc:
    raise ImportError(
        'dmr.test.payloads needs polyfactory. '
        "Run `pip install 'dmr-testing[polyfactory]'`.",
    ) from exc

# All others are known without being asked for.
with suppress(ImportError):
    importlib.import_module('polyfactory.factories.attrs_factory')

#: Models with rules of their own may take some luck.
_ATTEMPTS: Final = 20

#: What is made lies between these.
_START: Final = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
_END: Final = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)

#: Component → the part of a request that it reads.
_PARTS: Final[Mapping[type[ComponentParser], str]] = {
    BodyComponent: 'body',
    QueryComponent: 'query',
    HeadersComponent: 'headers',
    CookiesComponent: 'cookies',
    PathComponent: 'path',
}

_TEXT_PARTS: Final = frozenset(('query', 'headers', 'cookies', 'path'))


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestParts:
    """What an endpoint takes, as clients send it.

    *body* is plain data. The other parts map names to text, queries also to
    lists of it.
    """

    method: str
    content_type: str | None = None
    path: dict[str, str] = field(default_factory=dict[str, str])
    query: dict[str, Any] = field(default_factory=dict[str, Any])
    headers: dict[str, str] = field(default_factory=dict[str, str])
    cookies: dict[str, str] = field(default_factory=dict[str, str])
    body: Any = None

    def send(self, client: Any, url: str) -> Any:
        """Send the request with *client*, or build it with a factory.

        *url* may have places for the path, such as ``/books/{book_id}/``.
        Asynchronous clients return something to await.
        """
        return send_parts(self, client, url)


class EndpointFactory:
    """Makes requests for one endpoint, see `endpoint_factory`."""

    __slots__ = ('_content_type', '_endpoint', '_models')

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        seed: int = 0,
        content_type: str | None = None,
    ) -> None:
        """Make requests for *endpoint*, the same ones for the same *seed*."""
        self._endpoint = endpoint
        self._content_type = content_type or next(
            iter(endpoint.metadata.parsers),
            None,
        )
        self._models = {
            name: _Model(endpoint, name, model, seed)
            for name, model in self._find_models()
        }

    def build(
        self,
        *,
        body: Any = EmptyObj,
        query: Mapping[str, Any] | Empty = EmptyObj,
        headers: Mapping[str, Any] | Empty = EmptyObj,
        cookies: Mapping[str, Any] | Empty = EmptyObj,
        path: Mapping[str, Any] | Empty = EmptyObj,
    ) -> RequestParts:
        """Return the parts of a new request that the endpoint accepts.

        A mapping that is given goes over what is made, field by field, any
        other value takes its place. What is given is not looked at: tests
        need wrong requests, too.

        Raises:
            ValueError: a model has rules that keep refusing what is made.
        """
        given = {
            'body': body,
            'query': query,
            'headers': headers,
            'cookies': cookies,
            'path': path,
        }
        parts: dict[str, Any] = {
            name: _given_part(name, one)
            for name, one in given.items()
            if name not in self._models and not isinstance(one, Empty)
        }
        for name, model in self._models.items():
            parts[name] = model.make(given[name])
        return RequestParts(
            method=self._endpoint.metadata.method,
            content_type=self._content_type if 'body' in parts else None,
            **parts,
        )

    def batch(self, size: int) -> list[RequestParts]:
        """Return the parts of *size* new requests.

        Raises:
            ValueError: a model has rules that keep refusing what is made.
        """
        return [self.build() for _ in range(size)]

    def _find_models(self) -> Iterator[tuple[str, Any]]:
        for component, model, meta in self._endpoint.metadata.component_parsers:
            for component_cls, name in _PARTS.items():
                if isinstance(component, component_cls):
                    conditions = component.conditional_types(model, meta)
                    yield (
                        name,
                        by_content_type(conditions, self._content_type or '')
                        or model,
                    )


def endpoint_factory(
    controller_cls: AnyController,
    method: str,
    *,
    seed: int = 0,
    content_type: str | None = None,
) -> EndpointFactory:
    """Return a factory of requests for the endpoint for *method*.

    It makes what the endpoint reads: body, query, headers, cookies and path.
    Files are left to the test. Bodies are for *content_type*, by default the
    endpoint's first.

    .. code-block:: python

        factory = endpoint_factory(BookController, 'post')
        response = factory.build().send(client, '/books/')

    Raises:
        ValueError: the controller has no such endpoint.
    """
    return EndpointFactory(
        find_endpoint(controller_cls, method),
        seed=seed,
        content_type=content_type,
    )


class _Model:
    """Makes one part of requests."""

    __slots__ = ('_endpoint', '_factory', '_model', '_part')

    def __init__(
        self,
        endpoint: Endpoint,
        part: str,
        model: Any,
        seed: int,
    ) -> None:
        self._endpoint = endpoint
        self._part = part
        self._model = model
        # Inside of a dataclass any annotation will do, unions included.
        holder = dataclasses.make_dataclass('Holder', [('value', model)])
        faker = Faker()
        self._factory: Any = DataclassFactory.create_factory(
            holder,
            # The usual one is shared by all factories of the process.
            __faker__=faker,
            _extra_providers=_times(faker),
        )
        self._factory.seed_random(seed)

    def make(self, given: Any) -> Any:
        """Return a new part, with what is *given*.

        Raises:
            ValueError: nothing is given, and the model refuses all attempts.
        """
        if not isinstance(given, (Empty, Mapping)):
            return given
        errors: list[Any] = []
        part: Any = None
        for _ in range(_ATTEMPTS):
            try:
                part = self._invent(given)
            # Models of the user can raise anything.
            except Exception as exc:
                errors = [exc]
                continue
            errors = self._errors(part)
            if not errors:
                return part
        if part is not None and not isinstance(given, Empty):
            # It is refused because of what is given, which may be the test.
            return part
        raise ValueError(
            f'Cannot make a {self._part} for '
            f'{self._endpoint.metadata.endpoint_name}: {self._model!r} refuses '
            f'{part!r} with {errors}. Give the fields in question: '
            f'`build({self._part}={{...}})`.',
        )

    def _invent(self, given: Any) -> Any:
        invented = self._serializer.to_python(self._build(given).value)
        if isinstance(given, Mapping):
            invented = {**invented, **cast('Mapping[str, Any]', given)}
        if self._part in _TEXT_PARTS:
            return _as_text(self._part, invented, self._model)
        return invented

    def _build(self, given: Any) -> Any:
        try:
            return self._factory.build(_build_context=_unchecked())
        except Exception:
            if not isinstance(given, Mapping):
                raise
            # It may be right with what is given, where models check it.
            fields = dict(cast('Mapping[str, Any]', given))
            return self._factory.build(value=fields)

    def _errors(self, part: Any) -> list[Any]:
        try:
            self._serializer.from_python(part, self._model, strict=None)
        except self._serializer.validation_error as exc:
            return [*self._serializer.serialize_validation_error(exc)]
        return []

    @property
    def _serializer(self) -> Any:
        return self._endpoint.controller_cls.serializer


def _times(faker: Faker) -> dict[type[Any], Callable[[], Any]]:
    """Return makers of times that do not depend on what time it is."""
    return {
        dt.datetime: lambda: faker.date_time_between(_START, _END),
        dt.date: lambda: faker.date_between(_START, _END),
        dt.time: lambda: faker.date_time_between(_START, _END).time(),
        dt.timedelta: lambda: dt.timedelta(seconds=faker.pyint(1, 86400)),
    }


def _unchecked() -> dict[str, Any]:
    """Let models that can do without checks do so: the serializer checks."""
    return {'seen_models': set(), 'factory_use_construct': True}


def _given_part(name: str, given: Any) -> Any:
    return _as_text(name, given, None) if name in _TEXT_PARTS else given


def _as_text(part: str, fields: Mapping[str, Any], model: Any) -> Any:
    """Return *fields* as text; what is ``None`` is not sent."""
    repeated = names_in(model, '__dmr_force_list__')
    return {
        name: _text(found, is_repeated=part == 'query' and name in repeated)
        for name, found in fields.items()
        if found is not None
    }


def _text(found: Any, *, is_repeated: bool = False) -> Any:
    if isinstance(found, (list, tuple)):
        texts = [_text(one) for one in cast('list[Any]', found)]
        return texts if is_repeated else ','.join(texts)
    if isinstance(found, bool):
        return 'true' if found else 'false'
    return str(found)
