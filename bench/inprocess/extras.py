"""Print what errors and options cost, beside the same endpoint without them.

Errors are ratios to the success of their endpoint. Options are microseconds on
top of the endpoint that does without.
"""

import argparse
import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any, Final, NamedTuple

from django.http import HttpResponse
from django.urls import path
from typing_extensions import override

# The first import of these sets Django up.
from bench.inprocess import project, timing
from dmr import (
    APIError,
    Body,
    Controller,
    Cookies,
    HeaderSpec,
    NewCookie,
    NewHeader,
    Query,
    ResponseSpec,
    modify,
    validate,
)
from dmr.errors import ErrorModel, ErrorType, format_error
from dmr.negotiation import conditional_type
from dmr.plugins.msgspec import MsgpackRenderer, MsgspecSerializer
from dmr.plugins.pydantic import PydanticSerializer
from dmr.security import SyncAuth
from dmr.settings import default_renderer

# What Django says about errors goes nowhere, as in production.
logging.getLogger('django').addHandler(logging.NullHandler())
logging.getLogger('django').propagate = False

_USER: Final = b'{"email":"ann@example.com","age":41,"is_active":true}'
_INVALID: Final = b'{"email":"ann@example.com","age":"x","is_active":true}'


class _Trivial(SyncAuth):
    """Vouch for everybody."""

    __slots__ = ()
    security_schemes: Mapping[str, Any] = {'trivial': {'type': 'http'}}
    security_requirement: Mapping[str, list[str]] = {'trivial': []}

    @override
    def __call__(self, endpoint: Any, controller: Any) -> Any:
        return self


class _Kind(NamedTuple):
    """A serializer with its models, which are types only while it runs."""

    serializer: Any
    user: Any
    tiny: Any
    page: Any


_KINDS: Final = {
    'msgspec': _Kind(
        MsgspecSerializer,
        project.MUser,
        project.MTiny,
        project.MPage,
    ),
    'pydantic': _Kind(
        PydanticSerializer,
        project.PUser,
        project.PTiny,
        project.PPage,
    ),
}


def _controllers(kind: str) -> dict[str, Any]:
    """Return the endpoints for one serializer, by name."""
    return {
        **_plain(*_KINDS[kind]),
        **_with_options(*_KINDS[kind]),
        **_with_specs(*_KINDS[kind]),
    }


def _plain(serializer: Any, user: Any, tiny: Any, page: Any) -> dict[str, Any]:

    class Plain(Controller[serializer]):
        def post(self, parsed_body: Body[user]) -> user:
            return parsed_body

        def get(self) -> tiny:
            return tiny(id=1, name='one')

    class Found(Controller[serializer]):
        @modify(
            extra_responses=[
                ResponseSpec(ErrorModel, status_code=HTTPStatus.NOT_FOUND),
            ],
        )
        def get(self, parsed_query: Query[page]) -> tiny:
            if parsed_query.page != 1:
                raise APIError(
                    format_error(
                        'No such page',
                        error_type=ErrorType.not_found,
                    ),
                    status_code=HTTPStatus.NOT_FOUND,
                )
            return tiny(id=1, name='one')

    return {'plain': Plain, 'found': Found}


def _with_options(
    serializer: Any,
    user: Any,
    tiny: Any,
    page: Any,
) -> dict[str, Any]:
    class Guarded(Controller[serializer]):
        auth = (_Trivial(),)

        def get(self) -> tiny:
            return tiny(id=1, name='one')

    class Reading(Controller[serializer]):
        def get(self, parsed_cookies: Cookies[tiny]) -> tiny:
            return tiny(id=1, name='one')

    class Setting(Controller[serializer]):
        @modify(cookies={'seen': NewCookie(value='1')})
        def get(self) -> tiny:
            return tiny(id=1, name='one')

    return {'guarded': Guarded, 'reading': Reading, 'setting': Setting}


def _with_specs(
    serializer: Any,
    user: Any,
    tiny: Any,
    page: Any,
) -> dict[str, Any]:
    class Headed(Controller[serializer]):
        @modify(
            headers={
                'X-New': NewHeader(value='1'),
                'X-Old': HeaderSpec(skip_validation=True),
            },
        )
        def get(self) -> tiny:
            return tiny(id=1, name='one')

    class Validated(Controller[serializer]):
        @validate(ResponseSpec(tiny, status_code=HTTPStatus.OK))
        def get(self) -> HttpResponse:
            return self.to_response(tiny(id=1, name='one'))

    class Described(Controller[serializer]):
        @validate(
            ResponseSpec(
                tiny,
                status_code=HTTPStatus.OK,
                headers={'X-Own': HeaderSpec()},
            ),
        )
        def get(self) -> HttpResponse:
            return self.to_response(
                tiny(id=1, name='one'),
                headers={'X-Own': '1'},
            )

    class Conditional(Controller[serializer]):
        renderers = (default_renderer, MsgpackRenderer())

        def get(
            self,
        ) -> Annotated[
            tiny,
            conditional_type(
                {'application/json': tiny, 'application/msgpack': tiny},
            ),
        ]:
            return tiny(id=1, name='one')

        def post(
            self,
            parsed_body: Annotated[
                Body[user],
                conditional_type(
                    {'application/json': user, 'application/msgpack': user},
                ),
            ],
        ) -> user:
            return parsed_body

    return {
        'headed': Headed,
        'validated': Validated,
        'described': Described,
        'conditional': Conditional,
    }


_GET: Final = timing.environ('GET')
_POST: Final = timing.environ('POST', body=_USER)

#: What fails, who answers, the request that is fine, the one that fails.
_ERRORS: Final = (
    ('validation error', 'plain', _POST, timing.environ('POST', body=_INVALID)),
    ('malformed body', 'plain', _POST, timing.environ('POST', body=b'{"a')),
    ('404 by APIError', 'found', _GET, timing.environ('GET', query='page=2')),
    (
        '406',
        'plain',
        _GET,
        timing.environ('GET', HTTP_ACCEPT='text/html'),
    ),
    (
        '406 instead of POST',
        'plain',
        _POST,
        timing.environ('POST', body=_USER, HTTP_ACCEPT='text/html'),
    ),
)
_COOKIE: Final = timing.environ('GET', HTTP_COOKIE='id=1; name=one')

#: What costs, who does without, who does with, the request for both.
_OPTIONS: Final = (
    ('auth', 'plain', 'guarded', _GET),
    ('cookies of the request', 'plain', 'reading', _COOKIE),
    ('cookies of the response', 'plain', 'setting', _GET),
    ('headers of the response', 'plain', 'headed', _GET),
    ('described headers', 'validated', 'described', _GET),
    ('conditional response', 'plain', 'conditional', _GET),
    ('conditional body', 'plain', 'conditional', _POST),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--rounds', type=int, default=400)
    parser.add_argument('--size', type=int, default=10)
    options = parser.parse_args()
    for kind in ('msgspec', 'pydantic'):
        urls = {
            name: (path('bench/', one.as_view()),)
            for name, one in _controllers(kind).items()
        }
        for name, who, fine, failing in _ERRORS:
            candidates = {
                'fine': timing.Candidate(urls[who], fine),
                'failing': timing.Candidate(urls[who], failing),
            }
            _check(candidates, failing=True)
            seconds = timing.compare(
                candidates,
                rounds=options.rounds,
                size=options.size,
            )
            ratio = seconds['failing'] / seconds['fine']
            print(f'{kind:9}{name:26}{ratio:6.2f}')
        for name, without, with_it, request in _OPTIONS:
            candidates = {
                'without': timing.Candidate(urls[without], request),
                'with': timing.Candidate(urls[with_it], request),
            }
            _check(candidates, failing=False)
            seconds = timing.compare(
                candidates,
                rounds=options.rounds,
                size=options.size,
            )
            added = (seconds['with'] - seconds['without']) * 1e6
            print(f'{kind:9}{name:26}{added:+6.2f} µs')


def _check(
    candidates: Mapping[str, timing.Candidate],
    *,
    failing: bool,
) -> None:
    """Let only what is promised be measured."""
    fine, other = map(timing.ask, candidates.values())
    assert fine.status[0] == '2', fine
    assert other.status[0] == ('4' if failing else '2'), other


if __name__ == '__main__':
    main()
