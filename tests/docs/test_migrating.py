"""Both sides of the migration guides answer the same requests alike."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import pytest
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client, override_settings
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.docs.documents import ROOT, examples

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True, kw_only=True)
class _Call:
    """A request that both sides get, and the status that both answer."""

    path: str
    method: str = 'GET'
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200

    def __str__(self) -> str:
        return f'{self.method} {self.path} {self.body or ""} {self.headers}'


_REST: Final = (
    _Call(path='groups/'),
    _Call(path='groups/', method='POST', body={'name': 'new'}, status=201),
    _Call(path='groups/{editors}/'),
    _Call(path='groups/{readers}/', method='PUT', body={'name': 'renamed'}),
    _Call(path='groups/{readers}/', method='DELETE', status=204),
    _Call(path='groups/777777/', status=404),
    _Call(path='groups/777777/', method='PUT', body={'name': 'x'}, status=404),
    _Call(path='bookings/', method='POST', body={'guests': 2}, status=201),
    _Call(
        path='bookings/',
        method='POST',
        body={'guests': 2, 'nights': 3, 'email': 'a@example.org'},
        status=201,
    ),
    _Call(
        path='bookings/',
        method='POST',
        body={'guests': 2, 'nights': 14},
        status=400,
    ),
    _Call(path='search/'),
    _Call(path='search/?name=ED'),
    _Call(path='search/?limit=1&offset=1'),
    _Call(path='search/?name=nobody'),
    _Call(path='door/', status=409),
    _Call(path='picture/', method='PUT', body=b'12345'),
)


_NINJA: Final = (
    _Call(path='items/3/'),
    _Call(path='items/3/?currency=USD'),
    _Call(path='items/77/', status=404),
    _Call(path='items/', method='POST', body={'name': 'Lamp', 'price': 3}),
    _Call(path='items/', method='POST', body={'name': 'Lamp'}, status=422),
    _Call(path='items/', method='POST', body=['Lamp'], status=422),
    _Call(path='groups/'),
    _Call(path='groups/?name=ed&limit=1'),
    _Call(path='groups/?offset=1'),
    _Call(path='secrets/', status=401),
    _Call(
        path='secrets/',
        headers={'Authorization': 'Bearer wrong'},
        status=401,
    ),
    _Call(path='secrets/', headers={'Authorization': 'Bearer open sesame'}),
    _Call(path='orders/empty/', status=409),
    _Call(path='clock/'),
    _Call(path='picture/', method='POST', body=b'12345'),
)


@pytest.fixture(scope='module')
def rest() -> Iterator[None]:
    """Serve the URLs of the guide."""
    yield from _served('django-rest-framework.md')


@pytest.fixture(scope='module')
def ninja() -> Iterator[None]:
    """Serve the URLs of the guide."""
    yield from _served('django-ninja.md')


@pytest.fixture
def groups() -> dict[str, int]:
    """Return name → id of some rows."""
    cache.clear()
    return {
        name: Group.objects.create(name=name).pk
        for name in ('editors', 'readers', 'redactors')
    }


@pytest.mark.usefixtures('rest')
@pytest.mark.parametrize('call', _REST, ids=str)
def test_rest_framework_answers_the_same(
    call: _Call,
    groups: dict[str, int],
) -> None:
    """Status and body are what they were."""
    there, here = _ask_both(call, groups)

    assert (call.status, there) == (there[0], here)


@pytest.mark.usefixtures('rest')
@pytest.mark.parametrize(
    ('is_staff', 'statuses'),
    [(True, [200, 200, 429]), (False, [403, 403])],
)
@pytest.mark.parametrize('side', ['there', 'here'])
def test_rest_framework_guards_the_same(
    side: str,
    is_staff: bool,
    statuses: list[int],
) -> None:
    """Staff gets in twice a minute, others do not."""
    cache.clear()
    client = Client()
    client.force_login(User.objects.create_user('ada', is_staff=is_staff))

    answers = [client.get(f'/{side}/report/') for _ in statuses]

    assert statuses == [one.status_code for one in answers]


@pytest.mark.usefixtures('ninja')
@pytest.mark.parametrize('call', _NINJA, ids=str)
def test_ninja_answers_the_same(call: _Call, groups: dict[str, int]) -> None:
    """Status and body are what they were."""
    there, here = _ask_both(call, groups)

    assert (call.status, there) == (there[0], here)


@pytest.mark.usefixtures('ninja')
@pytest.mark.parametrize('side', ['there', 'here'])
def test_ninja_throttles_the_same(side: str) -> None:
    """Two requests a minute pass, the third is told to wait."""
    cache.clear()

    answers = [Client().get(f'/{side}/dice/') for _ in range(3)]

    assert [200, 200, 429] == [one.status_code for one in answers]
    assert 0 < int(answers[2].headers['Retry-After']) <= 60


def _served(name: str) -> Iterator[None]:
    module = ''
    for example in examples(ROOT / 'docs' / 'migrating' / name):
        # Commands are run by the tests of all documents.
        if not str(example.parsed).startswith('$'):
            example.evaluate()
        module = example.namespace['__name__']
    with override_settings(ROOT_URLCONF=module):
        yield


def _ask_both(
    call: _Call,
    names: dict[str, int],
) -> tuple[tuple[int, Any], tuple[int, Any]]:
    """Return both answers; no side sees what the other has changed."""
    return _ask(call, 'there', names), _ask(call, 'here', names)


def _ask(call: _Call, side: str, names: dict[str, int]) -> tuple[int, Any]:
    content_type, body = _encoded(call.body)
    with transaction.atomic():
        response = Client(raise_request_exception=False).generic(
            call.method,
            f'/{side}/{call.path.format_map(names)}',
            body,
            content_type,
            headers=call.headers,
        )
        transaction.set_rollback(True)
    content = response.content
    return response.status_code, json.loads(content) if content else None


def _encoded(body: Any) -> tuple[str, bytes | str]:
    if isinstance(body, bytes):
        picture = SimpleUploadedFile('a.png', body, 'image/png')
        return (
            MULTIPART_CONTENT,
            encode_multipart(BOUNDARY, {'picture': picture}),
        )
    return 'application/json', '' if body is None else json.dumps(body)
