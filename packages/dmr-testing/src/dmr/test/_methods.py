"""Methods with bodies, which clients and factories share."""

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from dmr.test._bodies import JsonByDefault, without_content_type

if TYPE_CHECKING:
    # The stubs have no public name for this type.
    from django.utils.functional import (
        _StrOrPromise as StrOrPromise,  # pyright: ignore[reportPrivateUsage]
    )

_AnswerT = TypeVar('_AnswerT')


class JsonMethods(JsonByDefault, Generic[_AnswerT]):
    """Encodes bodies, then calls the methods of a class of Django's.

    That is the next base: a client, which sends requests, or a factory, which
    builds them. What it returns is returned; asynchronous clients return
    something to await.
    """

    def post(
        self,
        path: 'StrOrPromise',
        data: Any = None,
        content_type: str | None = None,
        *args: Any,
        **options: Any,
    ) -> _AnswerT:
        """Send or build a POST request; plain *data* is encoded as JSON."""
        chosen = self._content_type(content_type, options)
        encoded = self._encoded(
            {} if data is None else data,
            chosen,
            is_post=True,
        )
        plain: Any = super()
        answer: _AnswerT = plain.post(path, encoded, chosen, *args, **options)
        return answer

    def put(
        self,
        path: 'StrOrPromise',
        data: Any = '',
        content_type: str | None = None,
        *args: Any,
        **options: Any,
    ) -> _AnswerT:
        """Send or build a PUT request; plain *data* is encoded as JSON."""
        chosen = self._content_type(content_type, options)
        encoded = self._encoded(data, chosen)
        plain: Any = super()
        answer: _AnswerT = plain.put(path, encoded, chosen, *args, **options)
        return answer

    def patch(
        self,
        path: 'StrOrPromise',
        data: Any = '',
        content_type: str | None = None,
        *args: Any,
        **options: Any,
    ) -> _AnswerT:
        """Send or build a PATCH request; plain *data* is encoded as JSON."""
        chosen = self._content_type(content_type, options)
        encoded = self._encoded(data, chosen)
        plain: Any = super()
        answer: _AnswerT = plain.patch(path, encoded, chosen, *args, **options)
        return answer

    def delete(
        self,
        path: 'StrOrPromise',
        data: Any = '',
        content_type: str | None = None,
        *args: Any,
        **options: Any,
    ) -> _AnswerT:
        """Send or build a DELETE request; plain *data* is encoded as JSON."""
        chosen = self._content_type(content_type, options)
        encoded = self._encoded(data, chosen)
        plain: Any = super()
        answer: _AnswerT = plain.delete(path, encoded, chosen, *args, **options)
        return answer

    def options(
        self,
        path: 'StrOrPromise',
        data: Any = '',
        content_type: str | None = None,
        *args: Any,
        **options: Any,
    ) -> _AnswerT:
        """Send or build an OPTIONS request; plain *data* is encoded as JSON."""
        chosen = self._content_type(content_type, options)
        encoded = self._encoded(data, chosen)
        plain: Any = super()
        answer: _AnswerT = plain.options(
            path,
            encoded,
            chosen,
            *args,
            **options,
        )
        return answer

    def generic(
        self,
        method: str,
        path: 'StrOrPromise',
        data: Any = '',
        content_type: str | None = None,
        *args: Any,
        **options: Any,
    ) -> _AnswerT:
        """Send or build a request of any method; *data* is text or bytes."""
        chosen = self._content_type(content_type, options)
        # An empty body has a content type only where a header says so.
        kept = without_content_type(options) if data else options
        plain: Any = super()
        answer: _AnswerT = plain.generic(
            method,
            path,
            data,
            chosen,
            *args,
            **kept,
        )
        return answer
