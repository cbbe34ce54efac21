"""Pages of querysets: by number, by limit and offset, and by cursor."""

from dmr.exceptions import InvalidCursorError as InvalidCursorError
from dmr.pagination.cursor import CursorPaginator as CursorPaginator
from dmr.pagination.models import CursorPage as CursorPage
from dmr.pagination.models import CursorPaginated as CursorPaginated
from dmr.pagination.models import LimitOffsetPage as LimitOffsetPage
from dmr.pagination.models import Page as Page
from dmr.pagination.models import Paginated as Paginated
from dmr.pagination.offsets import LimitOffsetPaginator as LimitOffsetPaginator
from dmr.pagination.offsets import PageNumberPaginator as PageNumberPaginator
from dmr.pagination.queries import CursorQuery as CursorQuery
from dmr.pagination.queries import LimitOffsetQuery as LimitOffsetQuery
from dmr.pagination.queries import PageQuery as PageQuery
