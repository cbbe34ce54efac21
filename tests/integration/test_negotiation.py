"""Parsers and renderers are chosen by what clients send and accept."""

from http import HTTPStatus
from typing import Annotated, Any, Final

import pytest
from django.http import HttpResponse

from dmr import Body, HeaderSpec, ResponseSpec, modify, validate
from dmr.negotiation import (
    ContentType,
    accepts,
    conditional_type,
    request_parser,
    request_renderer,
)
from dmr.parsers import DeserializeFunc, JsonParser, Parser, Raw
from dmr.plugins.msgspec import MsgpackParser, MsgpackRenderer
from dmr.renderers import FileRenderer, JsonRenderer, Renderer
from tests.integration.sending import Answer
from tests.integration.serving import Service

_JSON: Final = 'application/json'


class _TextParser(Parser):
    __slots__ = ('content_type',)

    def __init__(self, content_type: str) -> None:
        self.content_type = content_type

    def parse(
        self,
        to_deserialize: Raw,
        deserializer_hook: DeserializeFunc | None = None,
        *,
        request: Any,
        model: Any,
    ) -> Any:
        return f'{self.content_type}: {bytes(to_deserialize).decode()}'


class _TextRenderer(Renderer):
    __slots__ = ('content_type',)

    def __init__(self, content_type: str) -> None:
        self.content_type = content_type

    def render(self, to_serialize: Any, serializer_hook: Any) -> bytes:
        return repr(to_serialize).encode()

    @property
    def validation_parser(self) -> Parser:
        return _TextParser(self.content_type)


class _AnyRenderer(Renderer):
    __slots__ = ()

    content_type = '*/*'

    def render(self, to_serialize: Any, serializer_hook: Any) -> bytes:
        return repr(to_serialize).encode()

    @property
    def validation_parser(self) -> Parser:
        return _TextParser('*/*')


def _echo(self: Any, parsed_body: Body[Any]) -> Any:
    return [request_parser(self.request, strict=True).content_type, parsed_body]


def _greet(self: Any) -> str:
    return 'hello'


def _error(answer: Answer) -> tuple[int, str]:
    return answer.status_code, answer.data['detail'][0]['msg']


# Parsers


def _reading(serializer: Any, *parsers: Parser) -> Service:
    return Service(
        serializer,
        post=_echo,
        parsers=parsers,
        renderers=[JsonRenderer()],
    )


@pytest.mark.parametrize(
    'content_type',
    [
        'application/json',
        'Application/JSON',
        'application/json; charset=utf-8',
        'application/json;charset="UTF-8"',
        ' application/json ;',
    ],
)
def test_parser_is_chosen_by_media_type_alone(
    serializer: Any,
    content_type: str,
) -> None:
    """Neither letter case nor parameters matter."""
    service = _reading(serializer, MsgpackParser(), JsonParser())

    answer = service(
        'POST', body=b'{"a":1}', headers={'Content-Type': content_type}
    )

    assert (HTTPStatus.CREATED, [_JSON, {'a': 1}]) == answer.outcome


def test_missing_content_type_takes_the_first_parser(serializer: Any) -> None:
    """Without the header the first parser reads the body."""
    service = _reading(serializer, JsonParser(), MsgpackParser())

    answer = service('POST', body=b'[1]')

    assert (HTTPStatus.CREATED, [_JSON, [1]]) == answer.outcome


@pytest.mark.parametrize(
    ('content_type', 'shown'),
    [
        ('', ''),
        (' ', ''),
        ('text/csv', 'text/csv'),
        ('TEXT/csv; a=1', 'text/csv'),
        ('json', 'json'),
        ('*/*', '*/*'),
        ('application/*', 'application/*'),
        ('application/json2', 'application/json2'),
        ('x' * 10_000, 'x' * 128 + '…'),
        ('application/json; charset', 'application/json'),
    ],
)
def test_unknown_content_type_is_refused(
    serializer: Any,
    content_type: str,
    shown: str,
) -> None:
    """A header that is there must name a media type with a parser."""
    service = _reading(serializer, JsonParser(), MsgpackParser())

    answer = service('POST', body=b'{}', headers={'Content-Type': content_type})

    expected = {
        'msg': f'Cannot parse request body with content type {shown!r}, '
        "expected=['application/json', 'application/msgpack']",
        'type': 'value_error',
    }
    assert (HTTPStatus.BAD_REQUEST, {'detail': [expected]}) == answer.outcome


@pytest.mark.parametrize(
    ('content_type', 'expected'),
    [
        ('application/json', 'application/json'),
        ('application/xml', 'application/*'),
        ('text/csv', '*/*'),
        ('text/csv;v=2', 'text/csv;v=2'),
        ('text/csv; V=2; x=y', 'text/csv;v=2'),
        ('text/csv;v=3', '*/*'),
    ],
)
def test_more_specific_parser_is_preferred(
    serializer: Any,
    content_type: str,
    expected: str,
) -> None:
    """Wildcards read what no narrower parser reads, in any order."""
    service = _reading(
        serializer,
        _TextParser('*/*'),
        _TextParser('application/*'),
        _TextParser('text/csv;v=2'),
        _TextParser('application/json'),
    )

    answer = service('POST', body=b'x', headers={'Content-Type': content_type})

    assert [expected, f'{expected}: x'] == answer.data


def test_no_parser_is_chosen_without_a_body_component(serializer: Any) -> None:
    """Nothing to parse, so the ``Content-Type`` does not matter."""

    def post(self: Any) -> bool:
        return request_parser(self.request) is None

    service = Service(serializer, post=post)

    answer = service('POST', body=b'x', headers={'Content-Type': 'x/y'})

    assert (HTTPStatus.CREATED, True) == answer.outcome


def test_parsers_of_the_endpoint_replace_those_of_the_controller(
    serializer: Any,
) -> None:
    """The nearest level that has some wins completely."""
    service = Service(
        serializer,
        post=modify(parsers=[_TextParser('text/csv')])(_echo),
        parsers=[JsonParser()],
        renderers=[JsonRenderer()],
    )

    answer = service('POST', body=b'{}', headers={'Content-Type': _JSON})

    assert answer.status_code == HTTPStatus.BAD_REQUEST


# Renderers


def _answering(serializer: Any, *renderers: Renderer) -> Service:
    return Service(serializer, get=_greet, renderers=renderers)


def _two(serializer: Any) -> Service:
    return _answering(
        serializer,
        JsonRenderer(),
        JsonRenderer('application/other+json'),
    )


@pytest.mark.parametrize(
    ('accept', 'expected'),
    [
        (None, _JSON),
        ('', _JSON),
        ('  ', _JSON),
        ('*/*', _JSON),
        ('application/*', _JSON),
        ('application/other+json', 'application/other+json'),
        ('APPLICATION/OTHER+JSON', 'application/other+json'),
        ('application/json, application/other+json', _JSON),
        ('application/other+json, application/json', _JSON),
        (
            'application/json;q=0.8, application/other+json;q=0.9',
            'application/other+json',
        ),
        ('application/json;q=0, */*', 'application/other+json'),
        ('application/json;q=0, */*;q=0.1', 'application/other+json'),
        ('text/html, */*;q=0.1', _JSON),
        ('*/*;q=0.1, application/other+json', 'application/other+json'),
        ('application/json;indent=2', _JSON),
        ('broken, application/other+json', 'application/other+json'),
        ('application/json;q=inf', _JSON),
    ],
)
def test_renderer_is_chosen_by_quality(
    serializer: Any,
    accept: str | None,
    expected: str,
) -> None:
    """The client decides, the order of the renderers decides ties."""
    headers = {} if accept is None else {'Accept': accept}

    answer = _two(serializer)(headers=headers)

    assert (HTTPStatus.OK, expected, b'"hello"') == (
        answer.status_code,
        answer.headers.get('Content-Type'),
        answer.content,
    )


@pytest.mark.parametrize(
    'accept',
    [
        'text/html',
        'application/json;q=0',
        'application/json;q=0.000, application/other+json;q=0',
        '*/*;q=0',
        'application/*;q=0, text/*',
        ',',
        'broken',
        'application/',
    ],
)
def test_unsatisfiable_accept_is_406(serializer: Any, accept: str) -> None:
    """Nothing that the client accepts is offered, or it refuses all."""
    answer = _two(serializer)(headers={'Accept': accept})

    shown = ', '.join(
        f'<MediaType: {one.strip()}>' for one in accept.split(',') if one
    )
    expected = {
        'msg': 'Cannot serialize response body with accepted types '
        f"[{shown}], supported=['application/json', 'application/other+json']",
        'type': 'value_error',
    }
    assert (HTTPStatus.NOT_ACCEPTABLE, {'detail': [expected]}) == answer.outcome
    assert _JSON == answer.headers.get('Content-Type')


@pytest.mark.parametrize(
    'accept',
    ['text/x-' + 'a' * 10_000, 'a/b,' * 5_000, '"' * 20_000, ';' * 20_000],
)
def test_406_quotes_128_characters(serializer: Any, accept: str) -> None:
    """However long the header is, the message is short."""
    answer = _two(serializer)(headers={'Accept': accept})

    assert answer.status_code == HTTPStatus.NOT_ACCEPTABLE
    assert len(answer.content) < 1500
    assert (
        accept[:120] not in _error(answer)[1]
        or accept[:140]
        not in _error(
            answer,
        )[1]
    )


def test_406_happens_before_any_work(serializer: Any) -> None:
    """The endpoint is not called when its answer cannot be rendered."""
    calls: list[str] = []

    def get(self: Any) -> str:
        calls.append('called')
        return 'hello'

    service = Service(serializer, get=get, renderers=[JsonRenderer()])

    service(headers={'Accept': 'text/html'})

    assert [] == calls


def test_406_is_rendered_by_a_renderer_of_the_endpoint(
    serializer: Any,
) -> None:
    """An endpoint that has no JSON does not answer with it."""
    service = _answering(serializer, MsgpackRenderer())

    answer = service(headers={'Accept': 'text/html'})

    assert (HTTPStatus.NOT_ACCEPTABLE, 'application/msgpack') == (
        answer.status_code,
        answer.headers.get('Content-Type'),
    )


def test_errors_are_in_the_negotiated_format(serializer: Any) -> None:
    """A body that cannot be read is answered in the format asked for."""
    service = Service(
        serializer,
        post=_echo,
        parsers=[JsonParser()],
        renderers=[JsonRenderer(), JsonRenderer('application/other+json')],
    )

    answer = service(
        'POST',
        body=b'{',
        headers={'Content-Type': _JSON, 'Accept': 'application/other+json'},
    )

    assert (HTTPStatus.BAD_REQUEST, 'application/other+json') == (
        answer.status_code,
        answer.headers.get('Content-Type'),
    )


@pytest.mark.parametrize('accept', [None, _JSON, 'text/html'])
def test_vary_where_several_renderers_can_answer(
    serializer: Any,
    accept: str | None,
) -> None:
    """Caches learn that the answer depends on ``Accept``, errors too."""
    headers = {} if accept is None else {'Accept': accept}

    answer = _two(serializer)(headers=headers)

    assert answer.headers.get('Vary') == 'Accept'


def test_vary_on_405(serializer: Any) -> None:
    """The answer to a wrong method depends on ``Accept`` as well."""
    answer = _two(serializer)('PUT')

    assert (HTTPStatus.METHOD_NOT_ALLOWED, 'Accept') == (
        answer.status_code,
        answer.headers.get('Vary'),
    )


def test_405_is_rendered_by_a_renderer_of_the_controller(
    serializer: Any,
) -> None:
    """A controller that has no JSON does not answer with it."""
    service = _answering(serializer, MsgpackRenderer())

    answer = service('PUT')

    assert (HTTPStatus.METHOD_NOT_ALLOWED, 'application/msgpack') == (
        answer.status_code,
        answer.headers['Content-Type'],
    )


def test_no_vary_with_one_renderer(serializer: Any) -> None:
    """One renderer gives one answer."""
    answer = _answering(serializer, JsonRenderer())()

    assert answer.headers.get('Vary') is None


def test_vary_is_added_to_that_of_the_endpoint(serializer: Any) -> None:
    """What the endpoint has said before stays."""

    @validate(
        ResponseSpec(
            str,
            status_code=HTTPStatus.OK,
            headers={'Vary': HeaderSpec()},
        ),
    )
    def get(self: Any) -> HttpResponse:
        return self.to_response('x', headers={'Vary': 'Cookie'})

    service = Service(
        serializer,
        get=get,
        renderers=[JsonRenderer(), JsonRenderer('text/json')],
    )

    assert service().headers.get('Vary') == 'Cookie, Accept'


@pytest.mark.parametrize(
    'renderer',
    [_TextRenderer('*/*'), _AnyRenderer()],
    ids=['attribute', 'constant'],
)
@pytest.mark.parametrize(
    ('accept', 'expected'),
    [
        ('text/csv', 'text/csv'),
        ('text/csv;q=0.1, text/plain', 'text/plain'),
        ('text/csv;q=0, text/plain', 'text/plain'),
        ('text/*, image/png;q=0.1', 'image/png'),
    ],
)
def test_wildcard_renderer_answers_with_the_concrete_type(
    serializer: Any,
    renderer: Renderer,
    accept: str,
    expected: str,
) -> None:
    """``*/*`` is no media type of a response."""
    service = Service(
        serializer,
        get=modify(validate_responses=False)(_greet),
        renderers=[renderer],
    )

    answer = service(headers={'Accept': accept})

    assert (HTTPStatus.OK, expected, b"'hello'") == (
        answer.status_code,
        answer.headers.get('Content-Type'),
        answer.content,
    )


def test_wildcard_renderer_itself_does_not_change(serializer: Any) -> None:
    """What one client asks for does not reach the next one."""
    renderer = _TextRenderer('text/*')
    service = Service(
        serializer,
        get=modify(validate_responses=False)(_greet),
        renderers=[JsonRenderer(), renderer],
    )

    service(headers={'Accept': 'text/csv'})

    assert renderer.content_type == 'text/*'


@pytest.mark.parametrize('accept', [_JSON, f'{_JSON}, text/html;q=0.1'])
def test_wildcard_renderer_leaves_types_to_their_own_renderers(
    serializer: Any,
    accept: str,
) -> None:
    """A renderer for just one media type answers it, in any order."""
    service = _answering(serializer, _AnyRenderer(), JsonRenderer())

    answer = service(headers={'Accept': accept})

    assert (HTTPStatus.OK, 'hello') == answer.outcome


def test_error_of_a_file_endpoint_is_json(serializer: Any) -> None:
    """A renderer of files cannot render errors, another one does."""
    service = Service(
        serializer,
        post=modify(
            renderers=[FileRenderer()],
            parsers=[JsonParser()],
            validate_responses=False,
        )(_echo),
    )

    answer = service(
        'POST',
        body=b'{',
        headers={'Content-Type': _JSON, 'Accept': 'image/png'},
    )

    assert (HTTPStatus.BAD_REQUEST, _JSON) == (
        answer.status_code,
        answer.headers.get('Content-Type'),
    )


@pytest.mark.parametrize(
    ('accept', 'expected'),
    [(_JSON, True), ('application/other+json', False)],
)
def test_accepts_asks_the_negotiated_renderer(
    serializer: Any,
    accept: str,
    *,
    expected: bool,
) -> None:
    """User code can find out in which format it will answer."""

    def get(self: Any) -> bool:
        renderer = request_renderer(self.request, strict=True)
        assert renderer.content_type == accept
        return accepts(self.request, _JSON)

    service = Service(
        serializer,
        get=get,
        renderers=[JsonRenderer(), JsonRenderer('application/other+json')],
    )

    assert expected is service(headers={'Accept': accept}).data


# Conditional types


_CONDITIONAL: Final = Annotated[
    dict[str, int] | list[int],
    conditional_type(
        {ContentType.json: dict[str, int], 'application/x-json': list[int]},
    ),
]


def _conditional(serializer: Any) -> Service:
    def post(self: Any, parsed_body: Body[_CONDITIONAL]) -> Any:
        return parsed_body

    return Service(
        serializer,
        post=post,
        parsers=[
            JsonParser(),
            JsonParser('application/x-json'),
            JsonParser('text/json'),
        ],
        renderers=[JsonRenderer()],
    )


@pytest.mark.parametrize(
    ('content_type', 'body', 'expected'),
    [
        ('application/json', b'{"a":1}', 201),
        ('application/json', b'[1]', 400),
        ('application/json; charset=utf-8', b'{"a":1}', 201),
        ('application/json; charset=utf-8', b'[1]', 400),
        ('Application/JSON', b'[1]', 400),
        ('application/x-json', b'[1]', 201),
        ('application/x-json; a=b', b'{"a":1}', 400),
        ('text/json', b'[1]', 201),
        ('text/json', b'{"a":1}', 201),
    ],
)
def test_body_model_depends_on_the_media_type(
    serializer: Any,
    content_type: str,
    body: bytes,
    expected: int,
) -> None:
    """Parameters do not matter; without a condition the union counts."""
    answer = _conditional(serializer)(
        'POST', body=body, headers={'Content-Type': content_type}
    )

    assert expected == answer.status_code


@pytest.mark.parametrize(
    ('content_type', 'expected'),
    [('text/a', 201), ('text/b; x=y', 400), ('text/c', 201)],
)
def test_body_model_of_a_wildcard_parser(
    serializer: Any,
    content_type: str,
    expected: int,
) -> None:
    """The media type of the request counts, not that of the parser."""
    model = Annotated[
        int | str,
        conditional_type({'text/a': str, 'text/b': int}),
    ]

    def post(self: Any, parsed_body: Body[model]) -> Any:
        return parsed_body

    service = Service(
        serializer,
        post=post,
        parsers=[_TextParser('text/*')],
        renderers=[JsonRenderer()],
    )

    answer = service('POST', body=b'x', headers={'Content-Type': content_type})

    assert expected == answer.status_code
