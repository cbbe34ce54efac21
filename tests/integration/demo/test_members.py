"""Members of the demo, written with msgspec."""

from typing import Any

import msgspec
import pytest
from django.utils import timezone

from library.models import Copy, Loan, Member
from tests.integration.demo.api import Api, error, page

_NEW: dict[str, Any] = {
    'name': 'Onni Lehtonen',
    'email': 'onni@example.org',
    'address': {
        'street': 'Rope Walk 9',
        'postcode': '2112',
        'town': 'Millbrook',
    },
}


@pytest.fixture
def borrower(member: Member, copy: Copy) -> Member:
    """Return a member who has a copy."""
    today = timezone.localdate()
    Loan.objects.create(copy=copy, member=member, lent_on=today, due_on=today)
    return member


def test_members_are_listed(
    api: Api,
    borrower: Member,
    known_member: dict[str, Any],
) -> None:
    """A list is a page, each member has the number of open loans."""
    answer = api.get('members/')

    assert 200 == answer.status_code
    assert answer.data == page({**known_member, 'open_loans': 1})


@pytest.mark.parametrize(
    ('query', 'count'),
    [
        ('search=lindq', 1),
        ('search=@example', 1),
        ('search=onni', 0),
        ('town=Greyhaven', 1),
        ('town=Grey', 0),
    ],
)
def test_members_are_filtered(
    api: Api,
    member: Member,
    query: str,
    count: int,
) -> None:
    """Parts of names are found, towns are compared exactly."""
    answer = api.get(f'members/?{query}')

    assert (200, count) == (answer.status_code, answer.data['count'])


@pytest.mark.parametrize('accept', ['application/json', 'application/msgpack'])
def test_member_is_shown(
    api: Api,
    member: Member,
    known_member: dict[str, Any],
    accept: str,
) -> None:
    """The address is nested, whatever the format is."""
    answer = api.get(f'members/{member.pk}/', accept=accept)

    assert (200, accept) == (answer.status_code, answer.headers['Content-Type'])
    assert answer.data == known_member


def test_member_is_added(api: Api) -> None:
    """Members join today."""
    answer = api.send('POST', 'members/', _NEW)

    member = Member.objects.get()
    assert 201 == answer.status_code
    assert answer.data == {
        **_NEW,
        'id': member.pk,
        'joined': str(timezone.localdate()),
        'open_loans': 0,
    }


def test_member_is_added_with_messagepack(api: Api) -> None:
    """Bodies may be in any format that the settings have."""
    answer = api.send(
        'POST',
        'members/',
        msgspec.msgpack.encode(_NEW),
        content_type='application/msgpack',
    )

    assert 201 == answer.status_code
    assert 'Rope Walk 9' == Member.objects.get().street


@pytest.mark.parametrize('method', ['POST', 'PUT', 'PATCH'])
def test_email_of_another_member_is_a_conflict(
    api: Api,
    member: Member,
    method: str,
) -> None:
    """The answer points to the field."""
    other = Member.objects.create(joined=timezone.localdate(), name='Other')
    path = 'members/' if method == 'POST' else f'members/{other.pk}/'

    answer = api.send(method, path, {**_NEW, 'email': member.email})

    assert 409 == answer.status_code
    assert answer.data == error(
        'Another member has the email address ada.lindqvist@example.org',
        'user_msg',
        'parsed_body',
        'email',
    )


def test_put_replaces_all_fields(api: Api, member: Member) -> None:
    """The id and the day of joining stay."""
    answer = api.send('PUT', f'members/{member.pk}/', _NEW)

    assert 200 == answer.status_code
    assert answer.data == {
        **_NEW,
        'id': member.pk,
        'joined': '2020-05-17',
        'open_loans': 0,
    }


@pytest.mark.parametrize(
    'change',
    [
        {},
        {'name': 'Ada L.'},
        {'address': _NEW['address']},
        {'email': 'ada@example.org', 'name': 'Ada L.'},
    ],
)
def test_patch_keeps_what_is_not_sent(
    api: Api,
    member: Member,
    known_member: dict[str, Any],
    change: dict[str, Any],
) -> None:
    """Each field can be sent alone."""
    answer = api.send('PATCH', f'members/{member.pk}/', change)

    assert 200 == answer.status_code
    assert answer.data == {**known_member, **change}


def test_member_is_removed(api: Api, member: Member) -> None:
    """The answer has no body."""
    answer = api.send('DELETE', f'members/{member.pk}/')

    assert (204, b'') == (answer.status_code, answer.content)
    assert not Member.objects.exists()


def test_borrower_stays(api: Api, borrower: Member) -> None:
    """Loans are history, which is kept."""
    answer = api.send('DELETE', f'members/{borrower.pk}/')

    assert 409 == answer.status_code
    assert answer.data == error(
        'Ada Lindqvist has loans and has to stay.',
        'user_msg',
    )


def test_unknown_member_is_not_found(api: Api) -> None:
    """All methods answer 404 for a member that there is not."""
    answers = [
        api.get('members/7/'),
        api.send('PUT', 'members/7/', _NEW),
        api.send('PATCH', 'members/7/', {}),
        api.send('DELETE', 'members/7/'),
    ]

    assert [(404, error('There is no member 7', 'not_found'))] * 4 == [
        (answer.status_code, answer.data) for answer in answers
    ]


@pytest.mark.parametrize(
    ('change', 'message', 'loc'),
    [
        (
            {'name': ''},
            'Expected `str` of length >= 1',
            ['parsed_body', 'name'],
        ),
        (
            {'address': {**_NEW['address'], 'town': 7}},
            'Expected `str`, got `int`',
            ['parsed_body', 'address', 'town'],
        ),
        (
            {'nickname': 'Onni'},
            'Object contains unknown field `nickname`',
            ['parsed_body'],
        ),
    ],
)
def test_wrong_member_is_refused(
    api: Api,
    change: dict[str, Any],
    message: str,
    loc: list[str],
) -> None:
    """The answer says what is wrong, and where."""
    answer = api.send('POST', 'members/', {**_NEW, **change})

    assert 400 == answer.status_code
    detail = answer.data['detail'][0]
    assert message in detail['msg']
    assert loc == detail['loc']
