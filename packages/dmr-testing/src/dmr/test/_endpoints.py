"""Change what endpoints do for the time of a test.

Their metadata are replaced, nothing of theirs is edited. When settings change
meanwhile, endpoints are compiled again; then the change is made again.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from django.core.signals import setting_changed
from typing_extensions import override

from dmr.controller import Controller
from dmr.endpoint import Endpoint
from dmr.metadata import EndpointMetadata
from dmr.serializer import BaseSerializer
from dmr.test._surrounding import Surrounding

#: Any controller that has a serializer.
AnyController: TypeAlias = type[Controller[BaseSerializer]]


def find_endpoint(controller_cls: AnyController, method: str) -> Endpoint:
    """Return the endpoint for *method*, the name as HTTP or Python has it.

    Raises:
        ValueError: the controller has no such endpoint.
    """
    endpoints: Mapping[str, Endpoint] = controller_cls.api_endpoints
    wanted = {'META': 'OPTIONS'}.get(method.upper(), method.upper())
    found = endpoints.get(wanted)
    if found is None:
        raise ValueError(
            f'{controller_cls.__qualname__} has no endpoint for {method!r}, '
            f'only for {sorted(endpoints)}.',
        )
    return found


class EndpointChange(Surrounding):
    """Replaces the metadata of some endpoints, and puts them back.

    Begun several times, as by a function that calls itself, it is in force
    until the last end.
    """

    def __init__(
        self,
        endpoints: list[Endpoint],
        change: Callable[[Endpoint], EndpointMetadata],
    ) -> None:
        """Let *change* say what each of the *endpoints* shall be."""
        self._endpoints = endpoints
        self._change = change
        self._originals: list[tuple[Endpoint, Any, Any]] = []
        self._depth = 0

    @override
    def start(self) -> None:
        """Make the change."""
        self._depth += 1
        if self._depth > 1:
            return
        self._replace()
        setting_changed.connect(self._replace_again, weak=False)

    @override
    def stop(self, exc: BaseException | None) -> None:
        """Undo the change."""
        self._depth -= 1
        if self._depth:
            return
        setting_changed.disconnect(self._replace_again)
        for endpoint, original, changed in self._originals:
            if endpoint.metadata is changed:
                endpoint.metadata = original
        self._originals = []

    def _replace(self) -> None:
        for endpoint in self._endpoints:
            original = endpoint.metadata
            endpoint.metadata = self._change(endpoint)
            self._originals.append((endpoint, original, endpoint.metadata))

    def _replace_again(self, *, setting: str, **_kwargs: Any) -> None:
        if setting == 'DMR_SETTINGS':
            self._originals = []
            self._replace()


def chosen_endpoints(
    controller_cls: AnyController,
    method: str | None,
) -> list[Endpoint]:
    """Return the endpoint for *method*, all endpoints without one.

    Raises:
        ValueError: the controller has no such endpoint.
    """
    if method is None:
        return list(controller_cls.api_endpoints.values())
    return [find_endpoint(controller_cls, method)]
