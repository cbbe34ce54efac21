"""Forms and uploads: read by Django, for more methods than POST."""

import dataclasses
import hashlib
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, ClassVar, Final, Literal
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import override_settings
from typing_extensions import TypedDict

from dmr import Body, FileMetadata, modify
from dmr.parsers import (
    DeserializeFunc,
    FormUrlEncodedParser,
    JsonParser,
    MultiPartParser,
    Parser,
    Raw,
    SupportsFileParsing,
)
from tests.integration.sending import multipart
from tests.integration.serving import Service

_FORM: Final = {'Content-Type': 'application/x-www-form-urlencoded'}

_methods = pytest.mark.parametrize('method', ['POST', 'PUT', 'PATCH'])


class _File(TypedDict):
    size: int
    name: str
    content_type: str
    charset: str | None
    content_type_extra: dict[str, str] | None


@dataclasses.dataclass
class _Order:
    __dmr_force_list__: ClassVar[frozenset[str]] = frozenset(('tags',))
    __dmr_split_commas__: ClassVar[frozenset[str]] = frozenset(
        ('words', 'tags'),
    )
    __dmr_cast_null__: ClassVar[frozenset[str]] = frozenset(('note', 'words'))

    count: int
    tags: list[str] = dataclasses.field(default_factory=list)
    words: list[str | None] = dataclasses.field(default_factory=list)
    note: str | None = 'default'


@dataclasses.dataclass
class _Upload:
    avatar: _File


class _Uploads(TypedDict):
    __dmr_force_list__ = frozenset(('pages',))

    pages: list[_File]


def _order(self: Any, parsed_body: Body[_Order]) -> dict[str, Any]:
    return dataclasses.asdict(parsed_body)


def _avatar(
    self: Any,
    parsed_file_metadata: FileMetadata[_Upload],
) -> dict[str, Any]:
    found: Any = dataclasses.asdict(parsed_file_metadata)
    return found


def _digest(
    self: Any,
    parsed_file_metadata: FileMetadata[_Upload],
) -> list[Any]:
    file = self.request.FILES['avatar']
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return [type(file).__name__, file.size, digest.hexdigest()]


def _service(serializer: Any, endpoint: Any, **members: Any) -> Service:
    return Service(
        serializer,
        **dict.fromkeys(
            ('post', 'put', 'patch'),
            modify(
                status_code=HTTPStatus.OK,
            )(endpoint),
        ),
        parsers=[FormUrlEncodedParser(), MultiPartParser()],
        # It may read the form before the endpoint does.
        middleware=settings.MIDDLEWARE,
        **members,
    )


def _encodings(
    fields: dict[str, list[str]],
) -> list[tuple[bytes, dict[str, str]]]:
    """Return bodies and headers: one form in both encodings."""
    pairs = [(name, one) for name, found in fields.items() for one in found]
    return [
        (urlencode(pairs).encode(), _FORM),
        multipart(*((name, one.encode()) for name, one in pairs)),
    ]


# Fields


@_methods
@pytest.mark.parametrize(
    ('fields', 'expected'),
    [
        ({'count': ['1']}, {'count': 1}),
        ({'count': ['1', '2']}, {'count': 2}),
        ({'count': ['1'], 'tags': ['a']}, {'count': 1, 'tags': ['a']}),
        (
            {'count': ['1'], 'tags': ['a,b', 'c']},
            {'count': 1, 'tags': ['a,b', 'c']},
        ),
        (
            {'count': ['1'], 'words': ['x', ' a , null,c d ']},
            {'count': 1, 'words': ['a', None, 'c d']},
        ),
        ({'count': ['1'], 'note': ['null']}, {'count': 1, 'note': None}),
        ({'count': ['1'], 'note': ['äß€ 😀&=']}, {'note': 'äß€ 😀&='}),
        ({'count': ['1'], 'note': ['']}, {'count': 1, 'note': ''}),
    ],
)
def test_form_is_shaped_by_its_model(
    serializer: Any,
    method: str,
    fields: dict[str, list[str]],
    expected: dict[str, Any],
) -> None:
    """Both encodings of forms are the same, for all methods."""
    service = _service(serializer, _order)

    answers = [
        service(method, body=body, headers=headers)
        for body, headers in _encodings(fields)
    ]

    whole = {'count': 1, 'tags': [], 'words': [], 'note': 'default'} | expected
    assert [(HTTPStatus.OK, whole)] * 2 == [one.outcome for one in answers]


@_methods
def test_invalid_field_is_400(serializer: Any, method: str) -> None:
    """The place of the error is the field of the form."""
    service = _service(serializer, _order)

    answers = [
        service(method, body=body, headers=headers)
        for body, headers in _encodings({'count': ['x']})
    ]

    expected = (HTTPStatus.BAD_REQUEST, [('parsed_body', 'count')])
    assert [expected] * 2 == [one.places for one in answers]


@_methods
def test_empty_form_has_no_fields(serializer: Any, method: str) -> None:
    """A form without a body is an empty form."""
    answer = _service(serializer, _order)(method, headers=_FORM)

    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert answer.places[1][0][0] == 'parsed_body'


@pytest.mark.parametrize('method', ['PUT', 'PATCH'])
def test_methods_are_a_setting(serializer: Any, method: str) -> None:
    """Forms of methods that are not listed are left as Django leaves them."""
    service = _service(serializer, _order)

    with override_settings(DMR_SETTINGS={'django_treat_as_post': {'patch'}}):
        answer = service(method, body=b'count=1', headers=_FORM)

    expected = HTTPStatus.OK if method == 'PATCH' else HTTPStatus.BAD_REQUEST
    assert expected == answer.status_code


def test_custom_method_can_be_listed(serializer: Any) -> None:
    """Any method can have forms."""
    service = Service(
        serializer,
        query=modify(status_code=HTTPStatus.OK)(_order),
        allowed_http_methods=frozenset(('query',)),
        parsers=[FormUrlEncodedParser()],
    )

    with override_settings(DMR_SETTINGS={'django_treat_as_post': {'QUERY'}}):
        answer = service('QUERY', body=b'count=1', headers=_FORM)

    assert answer.data['count'] == 1


# Broken forms


@_methods
@pytest.mark.parametrize('body', [b'count=1&note=\xff', b'count=1&%ff=1'])
def test_broken_utf8_in_a_form_is_400(
    serializer: Any,
    method: str,
    body: bytes,
) -> None:
    """Django would replace what it cannot decode."""
    answer = _service(serializer, _order)(method, body=body, headers=_FORM)

    expected = {
        'msg': 'Request body is not valid UTF-8',
        'type': 'value_error',
    }
    assert (HTTPStatus.BAD_REQUEST, {'detail': [expected]}) == answer.outcome


@_methods
def test_broken_utf8_in_multipart_is_400(
    serializer: Any,
    method: str,
) -> None:
    """Fields of both kinds of forms are treated alike."""
    body, headers = multipart(('count', b'1'), ('note', b'a\xffb'))

    answer = _service(serializer, _order)(method, body=body, headers=headers)

    expected = {
        'msg': 'Request body is not valid UTF-8',
        'type': 'value_error',
    }
    assert (HTTPStatus.BAD_REQUEST, {'detail': [expected]}) == answer.outcome


@_methods
def test_charset_of_multipart_is_respected(
    serializer: Any,
    method: str,
) -> None:
    """A declared charset decodes the fields."""
    body, headers = multipart(('count', b'1'), ('note', b'\xe4'))
    headers['Content-Type'] += '; charset=iso-8859-1'

    answer = _service(serializer, _order)(method, body=body, headers=headers)

    assert 'ä' == answer.data['note']


@_methods
@pytest.mark.parametrize('charset', ['rot13', 'hex', 'zlib', 'idna', 'ascii'])
def test_charset_that_does_not_fit_is_400(
    serializer: Any,
    method: str,
    charset: str,
) -> None:
    """A charset that is no encoding of text, or not of this text."""
    body, headers = multipart(('count', b'1'), ('note', 'ä'.encode()))
    headers['Content-Type'] += f'; charset={charset}'

    answer = _service(serializer, _order)(method, body=body, headers=headers)

    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert [{'msg', 'type'}] == [set(one) for one in answer.data['detail']]


@_methods
def test_charset_of_an_urlencoded_form_must_be_utf8(
    serializer: Any,
    method: str,
) -> None:
    """Other charsets do not exist for this media type."""
    answer = _service(serializer, _order)(
        method,
        body=b'count=1',
        headers={'Content-Type': f'{_FORM["Content-Type"]}; charset=latin-1'},
    )

    expected = {
        'msg': "HTTP requests with the 'application/x-www-form-urlencoded' "
        'content type must be UTF-8 encoded.',
        'type': 'value_error',
    }
    assert (HTTPStatus.BAD_REQUEST, {'detail': [expected]}) == answer.outcome


@_methods
@pytest.mark.parametrize(
    'content_type',
    [
        'multipart/form-data',
        'multipart/form-data; boundary=',
        'multipart/form-data; boundary=' + 'x' * 300,
        'multipart/form-data; boundary="ä"',
    ],
)
def test_boundary_must_be_valid(
    serializer: Any,
    method: str,
    content_type: str,
) -> None:
    """Without a boundary nobody knows where the parts are."""
    answer = _service(serializer, _order)(
        method,
        body=b'--x\r\n\r\n',
        headers={'Content-Type': content_type},
    )

    detail = answer.data['detail']
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert [{'msg', 'type'}] == [set(one) for one in detail]
    assert len(detail[0]['msg']) < 200


@_methods
@pytest.mark.parametrize(
    'body',
    [
        b'',
        b'garbage',
        b'--frontier',
        b'--frontier--\r\n',
        b'--frontier\r\nContent-Disposition: form-data; name="count"',
        b'--frontier\r\n\r\n1\r\n--frontier--\r\n',
        b'\xff\xfe' * 5000,
    ],
)
def test_malformed_multipart_is_400(
    serializer: Any,
    method: str,
    body: bytes,
) -> None:
    """Whatever is not a part is left out, then required fields are missing."""
    answer = _service(serializer, _order)(
        method,
        body=body,
        headers={'Content-Type': 'multipart/form-data; boundary=frontier'},
    )

    assert answer.status_code == HTTPStatus.BAD_REQUEST


# Limits


@_methods
@pytest.mark.parametrize(
    'limits',
    [
        {'DATA_UPLOAD_MAX_MEMORY_SIZE': 20},
        {'DATA_UPLOAD_MAX_NUMBER_FIELDS': 3},
    ],
    ids=['bytes', 'fields'],
)
def test_form_over_a_limit_is_413(
    serializer: Any,
    method: str,
    limits: dict[str, int],
) -> None:
    """Django's limits are answered in the error model."""
    fields = {'count': ['1'], 'tags': [str(one) * 9 for one in range(9)]}
    service = _service(serializer, _order)

    with override_settings(**limits):
        answers = [
            service(method, body=body, headers=headers)
            for body, headers in _encodings(fields)
        ]

    for answer in answers:
        assert answer.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        assert [{'msg', 'type'}] == [set(one) for one in answer.data['detail']]


@_methods
def test_too_many_files_are_413(serializer: Any, method: str) -> None:
    """Files have a limit of their own."""
    body, headers = multipart(
        *(('avatar', b'x', f'{one}.png', 'image/png') for one in range(4)),
    )
    service = _service(serializer, _avatar)

    with override_settings(DATA_UPLOAD_MAX_NUMBER_FILES=3):
        answer = service(method, body=body, headers=headers)

    assert answer.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert [{'msg', 'type'}] == [set(one) for one in answer.data['detail']]


def test_oversized_body_is_413(serializer: Any) -> None:
    """Bodies that are no forms have the same limit."""

    def post(self: Any, parsed_body: Body[Any]) -> int:
        return 1

    service = Service(serializer, post=post)

    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=20):
        accepted = service.post_json('x' * 18)
        refused = service.post_json('x' * 19)

    assert accepted.status_code == HTTPStatus.CREATED
    assert refused.outcome == (
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        {
            'detail': [
                {
                    'msg': 'Request body exceeded '
                    'settings.DATA_UPLOAD_MAX_MEMORY_SIZE.',
                    'type': 'value_error',
                },
            ],
        },
    )


@pytest.mark.parametrize('length', ['x', '-1', '1e3'])
@pytest.mark.parametrize(
    'content_type',
    ['application/json', _FORM['Content-Type']],
)
def test_nonsense_length_is_no_server_error(
    serializer: Any,
    content_type: str,
    length: str,
) -> None:
    """Servers check this header, tests and other gateways may not."""

    def post(self: Any, parsed_body: Body[Any]) -> int:
        return 1

    service = Service(
        serializer,
        post=post,
        parsers=[JsonParser(), FormUrlEncodedParser()],
    )

    answers = service.both(
        'POST',
        headers={'Content-Type': content_type, 'Content-Length': length},
    )

    for answer in answers:
        assert answer.status_code in {
            HTTPStatus.CREATED,
            HTTPStatus.BAD_REQUEST,
        }


# Files

_EXTRA: Final[dict[str, Any]] = {'charset': None, 'content_type_extra': {}}


@_methods
def test_facts_about_a_file(serializer: Any, method: str) -> None:
    """Size, name and media type are known, the name is a name only."""
    body, headers = multipart(('avatar', b'12345', '../ä.png', 'image/png'))

    answer = _service(serializer, _avatar)(method, body=body, headers=headers)

    expected = {
        'avatar': {
            'size': 5,
            'name': 'ä.png',
            'content_type': 'image/png',
            **_EXTRA,
        },
    }
    assert (HTTPStatus.OK, expected) == answer.outcome


@_methods
def test_last_file_counts(serializer: Any, method: str) -> None:
    """Of several files with one name the last one is taken."""
    body, headers = multipart(
        ('avatar', b'1', 'a.png', 'image/png'),
        ('avatar', b'22', 'b.png', 'image/png'),
    )

    answer = _service(serializer, _avatar)(method, body=body, headers=headers)

    assert 'b.png' == answer.data['avatar']['name']


@_methods
@pytest.mark.parametrize('count', [1, 3])
def test_forced_list_of_files(
    serializer: Any,
    method: str,
    count: int,
) -> None:
    """A model that forces a list gets all files, one file too."""

    def endpoint(
        self: Any,
        parsed_file_metadata: FileMetadata[_Uploads],
    ) -> list[str]:
        return [one['name'] for one in parsed_file_metadata['pages']]

    names = [f'{one}.txt' for one in range(count)]
    body, headers = multipart(
        *(('pages', b'x', name, 'text/plain') for name in names),
    )

    answer = _service(serializer, endpoint)(method, body=body, headers=headers)

    assert (HTTPStatus.OK, names) == answer.outcome


@_methods
def test_missing_file_is_400(serializer: Any, method: str) -> None:
    """A field with that name is no file."""
    body, headers = multipart(('avatar', b'x'))

    answer = _service(serializer, _avatar)(method, body=body, headers=headers)

    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert answer.places[1][0][0] == 'parsed_file_metadata'


@_methods
def test_facts_are_validated(serializer: Any, method: str) -> None:
    """A model can insist on media types."""

    class Png(TypedDict):
        content_type: Literal['image/png']

    class Upload(TypedDict):
        avatar: Png

    def endpoint(
        self: Any,
        parsed_file_metadata: FileMetadata[Upload],
    ) -> int:
        return 1

    service = _service(serializer, endpoint)
    png, headers = multipart(('avatar', b'x', 'x', 'image/png'))
    text, _ = multipart(('avatar', b'x', 'x', 'text/plain'))

    assert service(method, body=png, headers=headers).outcome == (200, 1)
    assert service(method, body=text, headers=headers).places == (
        HTTPStatus.BAD_REQUEST,
        [('parsed_file_metadata', 'avatar', 'content_type')],
    )


def _both(
    self: Any,
    parsed_body: Body[_Order],
    parsed_file_metadata: FileMetadata[_Upload],
) -> list[Any]:
    return [parsed_body.count, parsed_file_metadata.avatar['size']]


def _both_turned(
    self: Any,
    parsed_file_metadata: FileMetadata[_Upload],
    parsed_body: Body[_Order],
) -> list[Any]:
    return [parsed_body.count, parsed_file_metadata.avatar['size']]


@_methods
@pytest.mark.parametrize('endpoint', [_both, _both_turned])
def test_fields_and_files_together(
    serializer: Any,
    method: str,
    endpoint: Callable[..., Any],
) -> None:
    """Fields are in the body, files are not; the order does not matter."""
    service = _service(serializer, endpoint)
    body, headers = multipart(
        ('count', b'7'),
        ('avatar', b'123', 'a', 'image/png'),
    )

    answer = service(method, body=body, headers=headers)

    assert (HTTPStatus.OK, [7, 3]) == answer.outcome


@_methods
def test_faulty_fields_and_files_are_reported_together(
    serializer: Any,
    method: str,
) -> None:
    """Both parts of the request are in one answer."""
    body, headers = multipart(('count', b'x'), ('other', b'1', 'a', 'a/b'))

    answer = _service(serializer, _both)(method, body=body, headers=headers)

    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert ['parsed_body', 'parsed_file_metadata'] == [
        place[0] for place in answer.places[1]
    ]


@_methods
def test_files_need_a_parser_for_files(serializer: Any, method: str) -> None:
    """A request in a format without files cannot have any."""
    service = _service(serializer, _avatar)

    answer = service(method, body=b'a=1', headers=_FORM)

    expected = {
        'msg': "Trying to parse files with 'FormUrlEncodedParser' that does "
        'not support SupportsFileParsing protocol',
        'type': 'value_error',
    }
    assert (HTTPStatus.BAD_REQUEST, {'detail': [expected]}) == answer.outcome


class _TarParser(SupportsFileParsing, Parser):
    """A parser of files that does its work itself."""

    __slots__ = ()

    content_type = 'application/x-tar'

    def parse(
        self,
        to_deserialize: Raw,
        deserializer_hook: DeserializeFunc | None = None,
        *,
        request: HttpRequest,
        model: Any,
    ) -> None:
        content = bytes(to_deserialize)
        request.FILES['avatar'] = SimpleUploadedFile('a.tar', content)


def test_custom_parser_of_files_gets_the_body(serializer: Any) -> None:
    """Only the parsers that leave their work to Django get nothing."""
    service = Service(serializer, post=_avatar, parsers=[_TarParser()])

    answer = service(
        'POST',
        body=b'12345',
        headers={'Content-Type': 'application/x-tar'},
    )

    found = answer.data['avatar']
    assert (5, 'a.tar') == (found['size'], found['name'])


# Big files


@_methods
@pytest.mark.parametrize(
    ('size', 'kind'),
    [
        (10, 'InMemoryUploadedFile'),
        (6 * 1024 * 1024, 'TemporaryUploadedFile'),
    ],
)
def test_big_files_go_to_the_disk(
    serializer: Any,
    method: str,
    size: int,
    kind: str,
) -> None:
    """Files may be bigger than what may be in memory, for every method."""
    content = (b'0123456789abcdef' * (size // 16 + 1))[:size]
    body, headers = multipart(('avatar', content, 'a', 'image/png'))

    answer = _service(serializer, _digest)(method, body=body, headers=headers)

    digest = hashlib.sha256(content).hexdigest()
    assert (HTTPStatus.OK, [kind, size, digest]) == answer.outcome


# What is left for others


@_methods
def test_request_is_left_as_django_leaves_it(
    serializer: Any,
    method: str,
) -> None:
    """The form is there for everybody, the body is gone with the stream."""

    def endpoint(self: Any, parsed_body: Body[_Order]) -> list[Any]:
        request = self.request
        try:
            body = request.body.decode()
        except Exception as exc:
            body = type(exc).__name__
        return [
            request.method,
            request.POST.dict(),
            type(request.POST).__name__,
            request.POST.encoding,
            sorted(request.FILES),
            body,
        ]

    service = _service(serializer, endpoint)
    body, headers = multipart(('count', b'1'), ('f', b'x', 'a', 'a/b'))

    plain = service(method, body=b'count=1', headers=_FORM)
    parts = service(method, body=body, headers=headers)

    known = [method, {'count': '1'}, 'QueryDict', 'utf-8']
    assert (HTTPStatus.OK, [*known, [], 'count=1']) == plain.outcome
    assert parts.outcome == (
        HTTPStatus.OK,
        [*known, ['f'], 'RawPostDataException'],
    )


def test_body_stays_after_json(serializer: Any) -> None:
    """A body that was read at once can be read again."""

    def post(self: Any, parsed_body: Body[Any]) -> list[Any]:
        request = self.request
        return [request.body.decode(), dict(request.POST), request.read(2)]

    service = Service(
        serializer,
        post=modify(validate_responses=False)(post),
    )

    answer = service.post_json([1, 2])

    assert ['[1, 2]', {}] == answer.data[:2]


def _touch_post(request: HttpRequest) -> None:
    request.POST.get('x')


def _touch_body(request: HttpRequest) -> None:
    request.body  # noqa: B018


def _touch_files(request: HttpRequest) -> None:
    request.FILES.get('x')


@_methods
@pytest.mark.parametrize('touch', [_touch_post, _touch_body, _touch_files])
def test_middleware_may_look_first(
    serializer: Any,
    method: str,
    touch: Callable[[HttpRequest], None],
) -> None:
    """A form is still there when somebody has asked for it before."""
    service = _service(serializer, _both, setup=_touching(touch))
    body, headers = multipart(
        ('count', b'7'),
        ('avatar', b'123', 'a', 'image/png'),
    )

    answer = service(method, body=body, headers=headers)

    assert (HTTPStatus.OK, [7, 3]) == answer.outcome


@_methods
def test_consumed_stream_is_an_empty_form(
    serializer: Any,
    method: str,
) -> None:
    """Who reads the stream keeps what was in it."""
    service = _service(
        serializer,
        _order,
        setup=_touching(lambda request: request.read()),
    )
    body, headers = multipart(('count', b'7'))

    answer = service(method, body=body, headers=headers)

    assert answer.status_code == HTTPStatus.BAD_REQUEST


def _touching(touch: Callable[[HttpRequest], object]) -> Any:
    """Return a ``setup`` that looks at the request, as a middleware could."""

    def setup(self: Any, request: Any, *args: Any, **kwargs: Any) -> None:
        touch(request)
        self.request, self.args, self.kwargs = request, args, kwargs

    return setup
