"""A project that uses every feature, with each serializer, sync and async."""

import dataclasses
import datetime as dt
import io
import uuid
from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Annotated, Any, ClassVar, Final, Literal, NotRequired

from django.contrib.auth.models import User
from django.http import HttpResponse
from typing_extensions import TypedDict

from dmr import (
    Body,
    Controller,
    Cookies,
    FileMetadata,
    Headers,
    Path,
    Query,
    ResponseSpec,
    validate,
)
from dmr.conditional import (
    VERSION_HEADERS,
    Version,
    check_conditions,
    conditional_responses,
)
from dmr.downloads import DownloadResponse, download, download_responses
from dmr.errors import ErrorModel
from dmr.negotiation import ContentType, conditional_type
from dmr.options_mixins import AsyncMetaMixin, MetaMixin
from dmr.pagination import (
    CursorPaginator,
    CursorQuery,
    LimitOffsetPaginator,
    LimitOffsetQuery,
    PageNumberPaginator,
    PageQuery,
)
from dmr.parsers import FormUrlEncodedParser, JsonParser, MultiPartParser
from dmr.plugins.msgspec import (
    MsgpackParser,
    MsgpackRenderer,
    MsgspecSerializer,
)
from dmr.plugins.pydantic import PydanticSerializer
from dmr.problem_details import ProblemDetailsError
from dmr.renderers import FileRenderer, JsonRenderer
from dmr.routing import (
    build_400_handler,
    build_404_handler,
    build_500_handler,
    path,
)
from dmr.security.permissions import IsStaff
from dmr.streaming.jsonl import JsonLinesController
from dmr.streaming.sse import SSEController, SSEvent, last_event_id
from dmr.throttling import AsyncThrottle, Rate, SyncThrottle
from dmr.throttling.algorithms import LeakyBucket
from dmr.throttling.cache_keys import (
    JwtToken,
    RemoteAddr,
    RequestHeader,
    UserPk,
)
from dmr.throttling.headers import RateLimitIETFDraft
from dmr.uploads import UploadLimit
from tests.integration.hostile import guards
from tests.integration.serving import build


class Everything(TypedDict, total=False):
    """A field of every kind."""

    text: str
    number: int
    ratio: float
    flag: bool
    day: dt.date
    moment: dt.datetime
    span: dt.timedelta
    ident: uuid.UUID
    choice: Literal['a', 'b']
    texts: list[str]
    numbers: dict[str, int]
    maybe: int | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Filter:
    """Of a query string."""

    __dmr_force_list__: ClassVar[frozenset[str]] = frozenset(('tags',))
    __dmr_cast_null__: ClassVar[frozenset[str]] = frozenset(('number', 'tags'))

    number: int | None = None
    ratio: float | None = None
    flag: bool = False
    day: dt.date | None = None
    ident: uuid.UUID | None = None
    choice: Literal['a', 'b'] | None = None
    text: str = ''
    tags: list[str] = dataclasses.field(default_factory=list)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Form:
    """Of a form, urlencoded or with files."""

    __dmr_force_list__: ClassVar[frozenset[str]] = frozenset(('tags',))
    __dmr_split_commas__: ClassVar[frozenset[str]] = frozenset(('words',))

    text: str
    number: int = 0
    tags: list[str] = dataclasses.field(default_factory=list)
    words: list[str] = dataclasses.field(default_factory=list)


class File(TypedDict):
    name: str
    size: int
    content_type: str
    charset: str | None
    content_type_extra: dict[str, Any] | None


class Upload(TypedDict):
    file: Annotated[
        File,
        UploadLimit(max_bytes=1000, content_types=('image/*', 'text/plain')),
    ]


SentHeaders = TypedDict(
    'SentHeaders',
    {
        'X-Number': NotRequired[int],
        'X-Text': NotRequired[str],
        'Accept-Language': NotRequired[str],
    },
)


class SentCookies(TypedDict):
    number: NotRequired[int]
    text: NotRequired[str]


class Numbered(TypedDict):
    number: int


class Named(TypedDict):
    name: str


class One(TypedDict):
    one: int


class Two(TypedDict):
    two: int


_FORMATS: Final = {
    'parsers': [JsonParser(), MsgpackParser()],
    'renderers': [JsonRenderer(), MsgpackRenderer()],
}
_PROBLEM: Final = ProblemDetailsError.error_model(
    {'application/json': ErrorModel},
)
_VERSION: Final = Version(
    etag='v7',
    last_modified=dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC),
)


def _body(self: Any, parsed_body: Body[Everything]) -> str:
    return str(len(parsed_body))


def _either(
    self: Any,
    parsed_body: Annotated[
        Body[One | Two],
        conditional_type(
            {
                ContentType.json: One,
                ContentType.msgpack: Two,
            },
        ),
    ],
) -> str:
    return 'either'


def _query(self: Any, parsed_query: Query[Filter]) -> list[str]:
    return sorted(parsed_query.tags)


def _form(self: Any, parsed_body: Body[Form]) -> list[str]:
    return [*parsed_body.tags, *parsed_body.words]


def _upload(
    self: Any,
    parsed_body: Body[Form],
    parsed_file_metadata: FileMetadata[Upload],
) -> str:
    return parsed_file_metadata['file']['name']


def _headers(
    self: Any,
    parsed_headers: Headers[SentHeaders],
    parsed_cookies: Cookies[SentCookies],
) -> int:
    return len(parsed_headers)


def _numbered(self: Any, parsed_path: Path[Numbered]) -> int:
    return parsed_path['number']


def _named(self: Any, parsed_path: Path[Named]) -> str:
    return parsed_path['name']


def _hello(self: Any) -> str:
    return 'hello'


@validate(*download_responses())
def _download(self: Any) -> DownloadResponse:
    return download(
        self,
        io.BytesIO(b'0123456789' * 100),
        filename='a.txt',
        version=_VERSION,
    )


@validate(
    ResponseSpec(str, status_code=HTTPStatus.OK, headers=VERSION_HEADERS),
    *conditional_responses(),
)
def _note(self: Any) -> HttpResponse:
    check_conditions(self, _VERSION)
    return self.to_response('note', headers=_VERSION.headers)


@validate(
    ResponseSpec(str, status_code=HTTPStatus.OK, headers=VERSION_HEADERS),
    *conditional_responses(),
)
def _change_note(self: Any, parsed_body: Body[Everything]) -> HttpResponse:
    check_conditions(self, _VERSION)
    return self.to_response('changed', headers=_VERSION.headers)


def _problem(self: Any) -> str:
    raise ProblemDetailsError.conditional_error(
        'No credit',
        status_code=HTTPStatus.PAYMENT_REQUIRED,
        controller=self,
    )


async def _events(seen: str | None) -> AsyncIterator[SSEvent[str]]:
    yield SSEvent(seen or 'none', id=1, comment=seen)


async def _lines() -> AsyncIterator[int]:
    yield 1


def _follow(
    self: Any, parsed_query: Query[Filter]
) -> AsyncIterator[SSEvent[str]]:
    return _events(last_event_id(self.request))


def _follow_lines(self: Any) -> AsyncIterator[int]:
    return _lines()


def _page(self: Any, parsed_query: Query[PageQuery]) -> list[str]:
    return _names(
        PageNumberPaginator(queryset=_users(), per_page=parsed_query.per_page)
        .page(parsed_query.page)
        .page.object_list,
    )


async def _page_async(
    self: Any,
    parsed_query: Query[PageQuery],
) -> list[str]:
    paginator = PageNumberPaginator(
        queryset=_users(),
        per_page=parsed_query.per_page,
    )
    page = await paginator.apage(parsed_query.page)
    return _names(page.page.object_list)


def _slice(self: Any, parsed_query: Query[LimitOffsetQuery]) -> list[str]:
    page = LimitOffsetPaginator(queryset=_users()).page(
        limit=parsed_query.limit,
        offset=parsed_query.offset,
    )
    return _names(page.object_list)


async def _slice_async(
    self: Any,
    parsed_query: Query[LimitOffsetQuery],
) -> list[str]:
    page = await LimitOffsetPaginator(queryset=_users()).apage(
        limit=parsed_query.limit,
        offset=parsed_query.offset,
    )
    return _names(page.object_list)


def _cursor(self: Any, parsed_query: Query[CursorQuery]) -> list[str]:
    paginator = CursorPaginator(_users(), parsed_query.per_page)
    return _names(paginator.page(parsed_query.cursor).objects_list)


async def _cursor_async(
    self: Any,
    parsed_query: Query[CursorQuery],
) -> list[str]:
    paginator = CursorPaginator(_users(), parsed_query.per_page)
    page = await paginator.apage(parsed_query.cursor)
    return _names(page.objects_list)


def _users() -> Any:
    return User.objects.order_by('username')


def _names(users: Any) -> list[str]:
    return [user.username for user in users]


_THROTTLES: Final = {
    'address': RemoteAddr(proxies=1),
    'header': RequestHeader(header='X-API-Key'),
    'user': UserPk(exclude_superuser=False, exclude_stuff=False),
    'jwt': JwtToken(),
}


def controllers(serializer: Any, *, is_async: bool) -> dict[str, Any]:
    """Return route → controller."""

    def make(*bases: Any, **members: Any) -> Any:
        return build(
            serializer,
            {'throttling_allow_unsafe_cache': None, **_FORMATS, **members},
            is_async=is_async,
            bases=bases,
        )

    def guarded(*pairs: Any, **members: Any) -> Any:
        auth = [pair[is_async] for pair in pairs]
        return make(auth=auth, get=_hello, post=_body, **members)

    def throttled(key: Any) -> Any:
        throttle = (AsyncThrottle if is_async else SyncThrottle)(
            100_000,
            Rate.day,
            cache_key=key,
            algorithm=LeakyBucket(),
            response_headers=[RateLimitIETFDraft()],
        )
        return guarded(guards.AUTHS['jwt'], throttling=[throttle])

    meta = AsyncMetaMixin if is_async else MetaMixin
    return {
        'body': make(post=_body, put=_body, patch=_body),
        'either': make(post=_either),
        'query': make(get=_query),
        'form': make(
            parsers=[FormUrlEncodedParser(), MultiPartParser(), JsonParser()],
            post=_form,
            put=_form,
        ),
        'upload': make(parsers=[MultiPartParser()], post=_upload, put=_upload),
        'headers': make(get=_headers),
        'numbers/<int:number>': make(get=_numbered),
        'names/<str:name>': make(get=_named),
        'paths/<path:name>': make(get=_named),
        'texts/<str:number>': make(get=_numbered),
        'hello': make(meta, Controller[serializer], get=_hello),
        'file': make(renderers=[FileRenderer()], get=_download),
        'note': make(get=_note, put=_change_note),
        'problem': make(
            renderers=[
                JsonRenderer(),
                JsonRenderer(ProblemDetailsError.content_type),
            ],
            error_model=_PROBLEM,
            responses=[
                ResponseSpec(_PROBLEM, status_code=HTTPStatus.PAYMENT_REQUIRED),
            ],
            get=_problem,
        ),
        'events': make(
            SSEController[serializer],
            streaming_wsgi_seconds=1,
            get=_follow,
        ),
        'lines': make(
            JsonLinesController[serializer],
            streaming_wsgi_seconds=1,
            get=_follow_lines,
        ),
        'page': make(get=_page_async if is_async else _page),
        'slice': make(get=_slice_async if is_async else _slice),
        'cursor': make(get=_cursor_async if is_async else _cursor),
        'staff': guarded(guards.AUTHS['session'], permissions=[IsStaff()]),
        'any-auth': guarded(*guards.AUTHS.values()),
        **{name: guarded(pair) for name, pair in guards.AUTHS.items()},
        **{
            f'throttled-{name}': throttled(key)
            for name, key in _THROTTLES.items()
        },
        **guards.credentials(serializer, is_async=is_async),
    }


#: Prefix → all URLs below it.
SITES: Final = {
    f'{word}-{colour}': controllers(serializer, is_async=colour == 'async')
    for word, serializer in {
        'pydantic': PydanticSerializer,
        'msgspec': MsgspecSerializer,
    }.items()
    for colour in ('sync', 'async')
}

urlpatterns = [
    path(f'api/{site}/{route}/', controller.as_view())
    for site, found in SITES.items()
    for route, controller in found.items()
]
handler400 = build_400_handler('api/', serializer=MsgspecSerializer)
handler404 = build_404_handler('api/', serializer=MsgspecSerializer)
handler500 = build_500_handler('api/', serializer=MsgspecSerializer)
