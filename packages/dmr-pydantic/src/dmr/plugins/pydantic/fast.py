"""Validate JSON requests and responses with pydantic and nothing else."""

import json
from typing import Any, ClassVar, Final

import pydantic
import pydantic_core
from django.http import HttpRequest
from typing_extensions import override

from dmr.errors import quoted
from dmr.exceptions import DataParsingError, DataRenderingError
from dmr.limits import is_ordinary_json
from dmr.parsers import JsonParser, Parser, Raw
from dmr.plugins.pydantic.compiled import json_decoder
from dmr.plugins.pydantic.serializer import (
    CHECKED_BY,
    PydanticSerializer,
    simplified_by,
)
from dmr.plugins.pydantic.writing import (
    straight_encoder,
    trusting_encoder,
)
from dmr.renderers import Renderer
from dmr.serializer import Decoder, Encoder, overrides

#: Outside of models nothing hides that it is no number.
_ANYTHING: Final = pydantic.TypeAdapter[Any](
    Any,
    config=pydantic.ConfigDict(ser_json_inf_nan='constants'),
)


class PydanticFastSerializer(PydanticSerializer):
    """Serialize and deserialize JSON with pydantic alone.

    The parsers and renderers only say that it is JSON, they do no work.
    """

    __slots__ = ()

    #: Version of the plugin contract that this class was written for.
    dmr_plugin_api: ClassVar[int] = 1

    @override
    @classmethod
    def is_supported(cls, pluggable: Parser | Renderer) -> bool:
        """Tell whether *pluggable* is for ``application/json``."""
        return pluggable.content_type == 'application/json'

    @override
    @classmethod
    def serialize(cls, structure: Any, *, renderer: Renderer) -> bytes:
        """Render *structure* as JSON.

        Raises:
            DataRenderingError: *structure* cannot be rendered.
        """
        simplified = simplified_by(cls, structure)
        options: dict[str, Any] = {
            'fallback': cls.serialize_hook,
            **cls.to_json_kwargs,
        }
        try:
            rendered = _ANYTHING.dump_json(simplified, **options)
            if _may_have_nan(rendered):
                # Models write ``null`` for what is no number.
                _require_finite(
                    _ANYTHING.dump_python(simplified, mode='json', **options),
                )
        except (ValueError, RecursionError) as exc:
            raise DataRenderingError(
                f'Error serializing to JSON: {quoted(str(exc))}',
            ) from exc
        return rendered

    @override
    @classmethod
    def deserialize(
        cls,
        buffer: Raw,
        *,
        parser: Parser,
        request: HttpRequest,
        model: Any,
    ) -> Any:
        """Parse *buffer* as JSON, an empty body is ``None``.

        Raises:
            DataParsingError: *buffer* is malformed.
        """
        if not is_ordinary_json(buffer):
            return JsonParser().parse(buffer, request=request, model=model)
        if not buffer:
            return None
        try:
            return pydantic_core.from_json(buffer, allow_inf_nan=False)
        except ValueError as exc:
            raise DataParsingError(quoted(f'Invalid JSON: {exc}')) from exc

    @override
    @classmethod
    def compile_decoder(
        cls,
        parser: Parser,
        model: Any,
        *,
        strict: bool | None,
    ) -> Decoder:
        """Read JSON straight into *model* where that is the same."""
        plain = super().compile_decoder(parser, model, strict=strict)
        if overrides(
            cls,
            PydanticFastSerializer,
            'deserialize',
            'from_python',
        ):
            return plain
        return json_decoder(
            model,
            plain,
            strict=strict,
            options=cls.to_model_kwargs,
        )

    @override
    @classmethod
    def compile_encoder(cls, renderer: Renderer, model: Any) -> Encoder:
        """Write models without a look for what only other data can have."""
        plain = super().compile_encoder(renderer, model)
        if overrides(
            cls,
            PydanticFastSerializer,
            'serialize',
            'serialize_hook',
        ):
            return plain
        return straight_encoder(
            model,
            plain,
            renderer=None,
            options=cls.to_json_kwargs,
        )

    @override
    @classmethod
    def compile_checked_encoder(
        cls,
        renderer: Renderer,
        model: Any,
    ) -> Encoder:
        """Validate only what pydantic would not take as it is."""
        checked = super().compile_checked_encoder
        if overrides(cls, PydanticFastSerializer, *CHECKED_BY):
            return checked(renderer, model)
        return trusting_encoder(
            model,
            cls.from_python,
            super().compile_encoder(renderer, model),
            renderer=None,
            options=cls.to_json_kwargs,
        ) or checked(renderer, model)


def _may_have_nan(rendered: bytes) -> bool:
    return (
        rendered.rfind(b'null') >= 0
        or rendered.rfind(b'NaN') >= 0
        or rendered.rfind(b'Infinity') >= 0
    )


def _require_finite(dumped: Any) -> None:
    json.dumps(dumped, allow_nan=False, check_circular=False)
