"""The demo's project, asked through both of Django's handlers."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import override_settings

from dmr.test import DMRAsyncClient, DMRClient
from library.models import Author, Book, Branch, Copy, Genre, Member
from library_site import settings as demo_settings
from tests.integration.demo.api import Api


@pytest.fixture(scope='module', autouse=True)
def demo_project() -> Iterator[None]:
    """Use the demo's own settings for everything that a request sees."""
    with override_settings(
        ROOT_URLCONF=demo_settings.ROOT_URLCONF,
        MIDDLEWARE=demo_settings.MIDDLEWARE,
        TEMPLATES=demo_settings.TEMPLATES,
        DMR_SETTINGS=demo_settings.DMR_SETTINGS,
        DEBUG=demo_settings.DEBUG,
    ):
        yield


@pytest.fixture(autouse=True)
def _forget_attempts() -> Iterator[None]:
    """Count from zero in each test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(params=[DMRClient, DMRAsyncClient], ids=['wsgi', 'asgi'])
def api(request: pytest.FixtureRequest, db: None) -> Api:
    """Return each of Django's handlers in turn."""
    return Api(request.param(raise_request_exception=False))


@pytest.fixture
def author(db: None) -> Author:
    """Return an author without books."""
    return Author.objects.create(
        name='Ines Okafor',
        born=1971,
        country='Portugal',
    )


@pytest.fixture
def book(author: Author) -> Book:
    """Return a book without copies."""
    return Book.objects.create(
        title='The Salt Road',
        isbn='9780306406157',
        author=author,
        genre=Genre.TRAVEL,
        published=2024,
        pages=320,
    )


@pytest.fixture
def copy(book: Book) -> Copy:
    """Return a copy that is on the shelf."""
    return Copy.objects.create(
        book=book,
        barcode='LIB-000042',
        branch=Branch.HILL,
    )


@pytest.fixture
def member(db: None) -> Member:
    """Return a member without loans."""
    return Member.objects.create(
        name='Ada Lindqvist',
        email='ada.lindqvist@example.org',
        street='Mill Lane 4',
        postcode='2041',
        town='Greyhaven',
        joined=dt.date(2020, 5, 17),
    )


@pytest.fixture
def known_member(member: Member) -> dict[str, Any]:
    """Return how the API describes the member."""
    return {
        'id': member.pk,
        'name': 'Ada Lindqvist',
        'email': 'ada.lindqvist@example.org',
        'address': {
            'street': 'Mill Lane 4',
            'postcode': '2041',
            'town': 'Greyhaven',
        },
        'joined': '2020-05-17',
        'open_loans': 0,
    }
