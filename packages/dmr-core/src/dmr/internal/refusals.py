"""Log refused requests as Django does, in a thread only if that may block."""

import logging
from functools import partial
from http import HTTPStatus
from typing import Any, Final

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponseBase
from django.utils.log import log_response, request_logger

#: Handlers that write a line, and wait for nobody.
_QUICK: Final = frozenset((logging.StreamHandler, logging.NullHandler))


async def log_refusal(
    request: HttpRequest,
    response: HttpResponseBase,
) -> None:
    """Log *response*, whose status is an error, unless that was done."""
    answer: Any = response
    if getattr(answer, '_has_been_logged', False):
        return
    log = partial(
        log_response,
        '%s: %s',
        answer.reason_phrase,
        request.path,
        response=answer,
        request=request,
    )
    is_fault = answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
    if _may_block(logging.ERROR if is_fault else logging.WARNING):
        await sync_to_async(log, thread_sensitive=False)()
    else:
        # 5 instead of 120 µs.
        log()


def _may_block(level: int) -> bool:
    """Tell whether a handler could keep the event loop from going on."""
    if not request_logger.isEnabledFor(level):
        return False
    logger: logging.Logger | None = request_logger
    while logger is not None:
        for handler in logger.handlers:
            if handler.level <= level and type(handler) not in _QUICK:
                return True
        logger = logger.parent if logger.propagate else None
    return False
