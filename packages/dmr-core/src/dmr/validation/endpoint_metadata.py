"""Build the metadata of an endpoint, and check that they make sense."""

import dataclasses
import inspect
from collections.abc import Callable, Iterable
from http import HTTPMethod, HTTPStatus
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Final,
    get_args,
    get_origin,
)

from django.contrib.admindocs.utils import parse_docstring
from django.http import HttpResponseBase

from dmr.exceptions import EndpointMetadataError
from dmr.metadata import (
    EndpointMetadata,
    ResponseModification,
    ResponseSpec,
)
from dmr.response import infer_status_code
from dmr.settings import Settings, resolve_setting
from dmr.validation.options import MergedOptions, merge_options
from dmr.validation.payload import (
    ModifyEndpointPayload,
    Payload,
)
from dmr.validation.rules import (
    DRAFT_RULES,
    RULES,
    check_explicit_responses,
    check_payload,
)

if TYPE_CHECKING:
    from dmr.components import ComponentParser
    from dmr.controller import Controller
    from dmr.serializer import BaseSerializer


#: What endpoints without a decorator say about themselves: nothing.
_UNDECORATED: Final = ModifyEndpointPayload()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class EndpointMetadataBuilder:
    """Build the metadata of one endpoint, in two steps.

    First a draft that knows everything but the responses which other objects
    describe, then the complete metadata.
    """

    func: Callable[..., Any]
    controller_cls: 'type[Controller[BaseSerializer]]'
    metadata_cls: type[EndpointMetadata]
    modification_cls: type[ResponseModification]
    type_annotations: dict[str, Any]
    return_type: Any
    component_parsers: 'list[tuple[ComponentParser, Any, tuple[Any, ...]]]'

    def __call__(self) -> EndpointMetadata:
        """Return the complete metadata.

        Raises:
            EndpointMetadataError: the definition contradicts itself.
        """
        payload = self._payload()
        method = self._method()
        returns_response = is_response_type(self.return_type)
        check_payload(
            payload,
            endpoint_name=self._endpoint_name(method),
            returns_response=returns_response,
            return_type=self.return_type,
        )
        modification = None
        if not returns_response:
            modification = self._modification(payload, method)
        explicit = self._explicit_responses(payload, modification)
        draft = self._draft(payload, method, modification, explicit)
        for rule in DRAFT_RULES:
            rule(draft, self.func, self.controller_cls)
        check_explicit_responses(
            explicit,
            draft,
            returns_response=returns_response,
        )
        if not draft.semantic_responses:
            return draft
        # Nobody else has the draft yet; a copy takes 10 µs.
        for spec in draft.collect_response_specs(
            self.controller_cls,
            draft.responses,
        ):
            draft.responses.setdefault(spec.status_code, spec)
        return draft

    def _payload(self) -> Payload | None:
        payload: Payload | None = getattr(self.func, '__dmr_payload__', None)
        return payload

    def _method(self) -> str:
        """Return the HTTP method, lower case."""
        name = self.func.__name__
        allowed = self.controller_cls.allowed_http_methods
        if name == 'meta' and name in allowed:
            return HTTPMethod.OPTIONS.lower()
        if name not in allowed or name != name.lower():
            raise EndpointMetadataError(
                f'{self._endpoint_name(name)}: {name!r} is not a valid HTTP '
                'method name. Name it like a method, in lower case, or add '
                'it to `allowed_http_methods` of the controller.',
            )
        return name

    def _endpoint_name(self, method: str) -> str:
        return f'{self.controller_cls.__qualname__}.{method}'

    def _modification(
        self,
        payload: Payload | None,
        method: str,
    ) -> ResponseModification:
        if not isinstance(payload, ModifyEndpointPayload):
            payload = _UNDECORATED
        return self.modification_cls(
            return_type=self.return_type,
            status_code=(
                self._inferred_status_code(method)
                if payload.status_code is None
                else payload.status_code
            ),
            headers=payload.headers,
            cookies=payload.cookies,
            streaming=self.controller_cls.streaming,
            description=payload.response_description,
            links=payload.links,
        )

    def _inferred_status_code(self, method: str) -> HTTPStatus:
        try:
            return infer_status_code(
                method,
                streaming=self.controller_cls.streaming,
            )
        except ValueError as exc:
            raise EndpointMetadataError(
                f'{self._endpoint_name(method)} needs a status: {method!r} is '
                'no method of HTTP, so nobody knows what its success is. '
                'Decorate it with `@modify(status_code=...)`.',
            ) from exc

    def _explicit_responses(
        self,
        payload: Payload | None,
        modification: ResponseModification | None,
    ) -> list[ResponseSpec]:
        """Return specs that somebody wrote down, outermost layer first."""
        settings_responses: Iterable[ResponseSpec] = resolve_setting(
            Settings.responses,
        )
        explicit = [
            *settings_responses,
            *self.controller_cls.responses,
            *((payload.responses if payload else None) or ()),
        ]
        if modification is not None:
            explicit.append(modification.to_spec())
        return explicit

    def _draft(
        self,
        payload: Payload | None,
        method: str,
        modification: ResponseModification | None,
        explicit: list[ResponseSpec],
    ) -> EndpointMetadata:
        merged = merge_options(
            payload,
            self.controller_cls,
            is_async=inspect.iscoroutinefunction(self.func),
        )
        before, after = _split_throttles(merged.throttling)
        about = payload or _UNDECORATED
        summary, description = _summary(about, self.func)
        return self.metadata_cls(
            endpoint_name=self._endpoint_name(method),
            type_annotations=self.type_annotations,
            responses={spec.status_code: spec for spec in explicit},
            method=method,
            modification=modification,
            error_handler=about.error_handler,
            component_parsers=self.component_parsers,
            allowed_http_methods=frozenset(
                self.controller_cls.allowed_http_methods,
            ),
            throttling_before_auth=before,
            throttling_after_auth=after,
            summary=summary,
            description=description,
            tags=about.tags,
            operation_id=about.operation_id,
            deprecated=about.deprecated,
            external_docs=about.external_docs,
            callbacks=about.callbacks,
            servers=about.servers,
            **_same_named(merged),
        )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class EndpointMetadataValidator:
    """Check the complete metadata of an endpoint against all rules."""

    metadata: EndpointMetadata

    def __call__(
        self,
        func: Callable[..., Any],
        *,
        controller_cls: 'type[Controller[BaseSerializer]]',
    ) -> None:
        """Run every rule, in order.

        Raises:
            EndpointMetadataError: a rule is broken.
        """
        for rule in RULES:
            rule(self.metadata, func, controller_cls)
        for component, _model, _meta in self.metadata.component_parsers:
            component.validate(controller_cls, self.metadata)


def is_response_type(return_type: Any) -> bool:
    """Tell whether an endpoint returns a response, not raw data."""
    if get_origin(return_type) is Annotated:
        return_type = get_args(return_type)[0]
    return_type = get_origin(return_type) or return_type
    return isinstance(return_type, type) and issubclass(
        return_type,
        HttpResponseBase,
    )


def _same_named(merged: MergedOptions) -> dict[str, Any]:
    """Return the options that metadata have under the same name."""
    options = merged._asdict()
    options.pop('throttling')
    return options


def _split_throttles(
    throttles: list[Any] | None,
) -> tuple[tuple[Any, ...] | None, tuple[Any, ...] | None]:
    """Split throttles into those before and those after auth."""
    before: list[Any] = []
    after: list[Any] = []
    for throttle in throttles or ():
        (before if throttle.runs_before_auth else after).append(throttle)
    return tuple(before) or None, tuple(after) or None


def _summary(
    payload: Payload,
    func: Callable[..., Any],
) -> tuple[str | None, str | None]:
    """Return summary and description, from the docstring if not given."""
    if payload.summary or payload.description:
        return payload.summary or None, payload.description or None
    if not func.__doc__:
        return None, None
    summary, description, _metadata = parse_docstring(func.__doc__)
    return summary or None, description or None
