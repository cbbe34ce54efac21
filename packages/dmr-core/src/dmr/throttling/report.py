"""Report to a client what its rate limits have left."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, cast

from dmr.internal.request_state import request_endpoint

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.endpoint import Endpoint
    from dmr.serializer import BaseSerializer
    from dmr.throttling.throttles import AsyncThrottle, SyncThrottle


class ThrottlingReport:
    """The headers of all throttles of the endpoint that serves a request.

    Successful responses have none by themselves. Declare the headers in the
    ``ResponseSpec`` of an endpoint that adds them. Reporting counts nothing.
    """

    __slots__ = ('_controller',)

    def __init__(self, controller: 'Controller[BaseSerializer]') -> None:
        """Report about the request of *controller*."""
        self._controller = controller

    def report(self) -> dict[str, str]:
        """Return header name → value, in sync endpoints.

        What several throttles say in one header is joined by commas.
        """
        endpoint = request_endpoint(self._controller.request, strict=True)
        throttles = cast('Iterable[SyncThrottle]', _throttles(endpoint))
        return _joined(
            [one.report_usage(endpoint, self._controller) for one in throttles],
        )

    async def areport(self) -> dict[str, str]:
        """Return header name → value, in async endpoints.

        What several throttles say in one header is joined by commas.
        """
        endpoint = request_endpoint(self._controller.request, strict=True)
        throttles = cast('Iterable[AsyncThrottle]', _throttles(endpoint))
        return _joined(
            [
                await one.report_usage(endpoint, self._controller)
                for one in throttles
            ],
        )


def _throttles(endpoint: 'Endpoint') -> Iterable[object]:
    return endpoint.metadata.throttling or ()


def _joined(reports: Iterable[Mapping[str, str]]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for report in reports:
        for name, said in report.items():
            before = headers.get(name)
            headers[name] = said if before is None else f'{before}, {said}'
    return headers
