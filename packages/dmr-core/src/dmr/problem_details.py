"""Errors as problem details (RFC 9457), where clients ask for them."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final

from typing_extensions import TypedDict

from dmr.cookies import NewCookie
from dmr.errors import ErrorDetail, ErrorType, format_error
from dmr.negotiation import ContentType, accepts, conditional_type
from dmr.response import APIError

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.serializer import BaseSerializer


class ProblemDetailsModel(TypedDict, total=False):
    """Problem details, see RFC 9457, section 3.1 for the members."""

    detail: str
    status: int
    type: str
    title: str
    instance: str


_MEMBERS: Final = frozenset(ProblemDetailsModel.__annotations__)


class ProblemDetailsError(APIError[dict[str, Any]]):
    """Answer with problem details at once.

    *extra* are extension members (RFC 9457, section 3.2).

    Raises:
        ValueError: *extra* has a name that the RFC defines.
    """

    content_type: ClassVar[str] = ContentType.json_problem_details

    def __init__(
        self,
        detail: str,
        *,
        status_code: HTTPStatus,
        type: str | None = None,
        title: str | None = None,
        instance: str | None = None,
        extra: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        cookies: Mapping[str, NewCookie] | None = None,
        show_status: bool = True,
        show_detail: bool = True,
    ) -> None:
        super().__init__(
            _body(
                detail=detail if show_detail else None,
                status=int(status_code) if show_status else None,
                type=type,
                title=title,
                instance=instance,
                extra=extra,
            ),
            status_code=status_code,
            headers=headers,
            cookies=cookies,
        )

    @classmethod
    def conditional_error(
        cls,
        detail: str,
        *,
        status_code: HTTPStatus,
        controller: 'Controller[BaseSerializer]',
        type: str | None = None,
        **options: Any,
    ) -> APIError[Any]:
        """Return problem details for clients that accept them.

        All others get an error in the format of the *controller*. *options*
        are those of the constructor.
        """
        if accepts(controller.request, cls.content_type):
            return cls(detail, status_code=status_code, type=type, **options)
        return APIError(
            controller.format_error(detail, error_type=type),
            status_code=status_code,
            headers=options.get('headers'),
            cookies=options.get('cookies'),
        )

    @classmethod
    def error_model(
        cls,
        existing_errors: Mapping[str, Any],
        content_type: str | None = None,
    ) -> Any:
        """Return a model for ``error_model`` of a controller.

        *existing_errors* maps the other media types to their error models.
        """
        own = cls.content_type if content_type is None else content_type
        models: dict[str | ContentType, Any] = {
            own: ProblemDetailsModel,
            **existing_errors,
        }
        union: Any = ProblemDetailsModel
        for model in existing_errors.values():
            union |= model
        return Annotated[union, conditional_type(models)]

    @classmethod
    def format_error(
        cls,
        error: str | Exception,
        *,
        loc: str | list[str | int] | None = None,
        error_type: str | ErrorType | None = None,
        status_code: HTTPStatus | None = None,
        title: str | None = None,
        instance: str | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Convert *error* to problem details.

        Call it from ``format_error`` of a controller. All messages become one
        text; the status is that of *error* unless *status_code* is given.
        """
        details: list[ErrorDetail] = format_error(
            error,
            loc=loc,
            error_type=error_type,
        )['detail']
        types = [one['type'] for one in details if 'type' in one]
        status = status_code or getattr(error, 'status_code', None)
        return _body(
            detail='; '.join(one['msg'] for one in details),
            status=None if status is None else int(status),
            type=str(error_type) if error_type else next(iter(types), None),
            title=title,
            instance=instance,
            extra=extra,
        )


def _body(
    *,
    extra: Mapping[str, Any] | None,
    **members: Any,
) -> dict[str, Any]:
    overlap = _MEMBERS & set(extra or ())
    if overlap:
        raise ValueError(
            f'Field "extra" cannot contain {sorted(overlap)}: these members '
            'have arguments of their own.',
        )
    present = {
        name: found for name, found in members.items() if found is not None
    }
    return {**present, **(extra or {})}
