"""The URLs of the API."""

from functools import cache
from typing import Final

from dmr.openapi import build_schema
from dmr.openapi.objects import OpenAPI
from dmr.routing import Router, path
from library.controllers.accounts import (
    AccountController,
    ApiTokenController,
    LoginController,
    LogoutController,
    RefreshTokensController,
    RevokeApiTokenController,
    TokensController,
)
from library.controllers.authors import AuthorController, AuthorsController
from library.controllers.books import BookController, BooksController
from library.controllers.copies import BookCopiesController, CopyController
from library.controllers.covers import CoverController
from library.controllers.live import EventsController, SuggestionController
from library.controllers.loans import (
    LoanController,
    LoanReturnController,
    LoansController,
)
from library.controllers.members import MemberController, MembersController
from library.controllers.preferences import PreferencesController
from library.controllers.search import (
    MsgspecSearchController,
    PydanticFastSearchController,
    PydanticSearchController,
)
from library.controllers.statistics import StatisticsController

router: Final = Router(
    'api/',
    [
        path('books/', BooksController.as_view(), name='books'),
        path('books/<int:book_id>/', BookController.as_view(), name='book'),
        path(
            'books/<int:book_id>/copies/',
            BookCopiesController.as_view(),
            name='book-copies',
        ),
        path(
            'books/<int:book_id>/cover/',
            CoverController.as_view(),
            name='cover',
        ),
        path('copies/<str:barcode>/', CopyController.as_view(), name='copy'),
        path('authors/', AuthorsController.as_view(), name='authors'),
        path(
            'authors/<int:author_id>/',
            AuthorController.as_view(),
            name='author',
        ),
        path(
            'search/pydantic/',
            PydanticSearchController.as_view(),
            name='search-pydantic',
        ),
        path(
            'search/pydantic-fast/',
            PydanticFastSearchController.as_view(),
            name='search-pydantic-fast',
        ),
        path(
            'search/msgspec/',
            MsgspecSearchController.as_view(),
            name='search-msgspec',
        ),
        path('members/', MembersController.as_view(), name='members'),
        path(
            'members/<int:member_id>/',
            MemberController.as_view(),
            name='member',
        ),
        path('loans/', LoansController.as_view(), name='loans'),
        path('loans/<int:loan_id>/', LoanController.as_view(), name='loan'),
        path(
            'loans/<int:loan_id>/return/',
            LoanReturnController.as_view(),
            name='loan-return',
        ),
        path(
            'preferences/',
            PreferencesController.as_view(),
            name='preferences',
        ),
        path('statistics/', StatisticsController.as_view(), name='statistics'),
        path('account/', AccountController.as_view(), name='account'),
        path('account/login/', LoginController.as_view(), name='login'),
        path('account/logout/', LogoutController.as_view(), name='logout'),
        path('account/tokens/', TokensController.as_view(), name='tokens'),
        path(
            'account/tokens/refresh/',
            RefreshTokensController.as_view(),
            name='refresh-tokens',
        ),
        path(
            'account/api-token/',
            ApiTokenController.as_view(),
            name='api-token',
        ),
        path(
            'account/api-token/revoke/',
            RevokeApiTokenController.as_view(),
            name='revoke-api-token',
        ),
        path('events/', EventsController.as_view(), name='events'),
        path('suggestion/', SuggestionController.as_view(), name='suggestion'),
    ],
)


@cache
def schema() -> OpenAPI:
    """Return the OpenAPI document, built when somebody asks for it."""
    return build_schema(router)
