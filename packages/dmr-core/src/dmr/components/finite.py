"""Refuse numbers in text that no format of ours can send back.

Queries, forms, headers, cookies and paths are text. Serializers that read
numbers from it take ``nan`` and ``1e999`` as well, which JSON cannot write.
They are refused here as the parsers refuse them in bodies.
"""

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from dmr.errors import ErrorType
from dmr.exceptions import DataParsingError, ValidationError
from dmr.internal.finite import require_finite
from dmr.internal.sharing import shared
from dmr.serializer import Validator

if TYPE_CHECKING:
    from dmr.serializer import BaseSerializer


@shared
def compile_text_validator(
    component: str,
    model: Any,
    serializer: 'type[BaseSerializer]',
    *,
    strict: bool | None,
) -> Validator:
    """Return a validator of field → text, for the *component* of that name.

    It raises `ValidationError` for numbers that are not finite, if the model
    can have any.
    """
    validate = serializer.compile_validator(model, strict=strict)
    if not serializer.takes_floats(model):
        # 0.3 µs for each text.
        return validate

    def validate_text(raw: Any) -> Any:
        found = validate(raw)
        try:
            require_finite(raw, found, serializer.to_python)
        except DataParsingError as exc:
            raise ValidationError(
                [
                    {
                        'msg': str(exc),
                        'loc': [component],
                        'type': ErrorType.value_error,
                    },
                ],
                status_code=HTTPStatus.BAD_REQUEST,
            ) from exc
        return found

    return validate_text
