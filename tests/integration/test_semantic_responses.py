"""Responses that follow from what an endpoint uses."""

from http import HTTPStatus
from typing import Annotated, Any, ClassVar

import pytest
from django.http import HttpResponse

from dmr import Body, Controller, Path, Query, ResponseSpec, modify
from dmr.errors import ErrorModel
from dmr.headers import HeaderSpec
from dmr.metadata import ResponseSpecMetadata
from dmr.security import SyncAuth
from tests.integration.serving import AnySerializer, Site

_COMPONENTS = 'Raised when request components cannot be parsed'
_PATH = 'Raised when path parameters do not match'
_RESPONSE = 'Raised when returned response does not match the response schema'
_ACCEPT = 'Raised when provided `Accept` header cannot be satisfied'
_AUTH = 'Raised when auth was not successful'


class _Auth(SyncAuth):
    security_schemes: ClassVar[Any] = {}
    security_requirement: ClassVar[Any] = {}

    def __call__(self, endpoint: Any, controller: Any) -> Any:
        raise NotImplementedError


class _Plain(Controller[AnySerializer]):
    def get(self) -> int:
        raise NotImplementedError


class _ById(Controller[AnySerializer]):
    auth = (_Auth(),)

    def post(
        self,
        parsed_body: Body[int],
        parsed_path: Path[dict[str, int]],
        parsed_query: Query[dict[str, int]],
    ) -> int:
        raise NotImplementedError


def _described(site: Site, controller: Any) -> list[tuple[int, str | None]]:
    with site.overridden():
        (endpoint,) = site.define(controller).api_endpoints.values()
        return [
            (int(status), spec.description)
            for status, spec in endpoint.metadata.responses.items()
        ]


def test_every_endpoint(json_site: Site) -> None:
    """Responses may be wrong, and clients may accept nothing."""
    assert [(200, None), (422, _RESPONSE), (406, _ACCEPT)] == _described(
        json_site,
        _Plain,
    )


def test_components_and_auth(json_site: Site) -> None:
    """Each part adds the errors it can cause, once."""
    assert [
        (201, None),
        (400, _COMPONENTS),
        (404, _PATH),
        (422, _RESPONSE),
        (406, _ACCEPT),
        (401, _AUTH),
    ] == _described(json_site, _ById)


def test_explicit_specs_win(json_site: Site) -> None:
    """A status that is described is not described again."""

    class _Own(Controller[AnySerializer]):
        responses = (
            ResponseSpec(
                str,
                status_code=HTTPStatus.NOT_ACCEPTABLE,
                description='Mine',
            ),
        )

        def get(self) -> int:
            raise NotImplementedError

    assert [(406, 'Mine'), (200, None), (422, _RESPONSE)] == _described(
        json_site,
        _Own,
    )


@pytest.mark.parametrize('level', ['endpoint', 'controller', 'settings'])
def test_switched_off(json_site: Site, level: str) -> None:
    """`semantic_responses` works on every level."""

    class _Off(Controller[AnySerializer]):
        semantic_responses = False if level == 'controller' else None

        @modify(semantic_responses=False if level == 'endpoint' else None)
        def get(self) -> int:
            raise NotImplementedError

    if level == 'settings':
        json_site = json_site.configured(semantic_responses=False)

    assert [(200, None)] == _described(json_site, _Off)


@pytest.mark.parametrize('level', ['endpoint', 'controller', 'settings'])
def test_excluded(json_site: Site, level: str) -> None:
    """`exclude_semantic_responses` works on every level."""
    excluded = {HTTPStatus.NOT_ACCEPTABLE}

    class _Excluded(Controller[AnySerializer]):
        exclude_semantic_responses = (
            excluded if level == 'controller' else frozenset()
        )

        @modify(
            exclude_semantic_responses=(
                excluded if level == 'endpoint' else frozenset()
            ),
        )
        def get(self) -> int:
            raise NotImplementedError

    if level == 'settings':
        json_site = json_site.configured(exclude_semantic_responses=excluded)

    assert [(200, None), (422, _RESPONSE)] == _described(json_site, _Excluded)


@pytest.mark.parametrize('level', ['controller', 'settings'])
def test_excluded_for_finished_responses(json_site: Site, level: str) -> None:
    """A method that returns a response needs no decorator to be told."""
    excluded = {HTTPStatus.NOT_ACCEPTABLE}

    class _Finished(Controller[AnySerializer]):
        responses = (ResponseSpec(int, status_code=HTTPStatus.OK),)
        exclude_semantic_responses = (
            excluded if level == 'controller' else frozenset()
        )

        def get(self) -> HttpResponse:
            raise NotImplementedError

    if level == 'settings':
        json_site = json_site.configured(exclude_semantic_responses=excluded)

    assert [(200, None), (422, _RESPONSE)] == _described(json_site, _Finished)


def test_error_model_brings_headers(json_site: Site) -> None:
    """Headers that belong to the error model are in every spec."""
    headers = {'X-Error': HeaderSpec(required=False)}

    class _Annotated(Controller[AnySerializer]):
        error_model = Annotated[
            ErrorModel,
            ResponseSpecMetadata(headers=headers),
        ]

        def get(self) -> int:
            raise NotImplementedError

    with json_site.overridden():
        responses = json_site.define(_Annotated).api_endpoints['GET'].metadata
    specs = responses.responses
    assert [None, headers, headers] == [
        specs[status].headers
        for status in (200, 422, 406)  # type: ignore[index]
    ]


def test_own_headers_win_over_those_of_the_type() -> None:
    """A spec may describe a header of its type differently."""
    mine = HeaderSpec(description='mine')
    spec = ResponseSpec(
        Annotated[
            int,
            ResponseSpecMetadata(
                headers={'A': HeaderSpec(), 'B': HeaderSpec()},
            ),
        ],
        status_code=HTTPStatus.OK,
        headers={'B': mine},
    )

    assert {'A': HeaderSpec(), 'B': mine} == spec.headers
