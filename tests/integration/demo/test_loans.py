"""Loans of the demo, asynchronous down to the database."""

import datetime as dt

import pytest
from django.utils import timezone

from library.models import Copy, Loan, Member
from tests.integration.demo.api import Api, error, page


@pytest.fixture
def loan(copy: Copy, member: Member) -> Loan:
    """Return a loan that is due in a week."""
    today = timezone.localdate()
    return Loan.objects.create(
        copy=copy,
        member=member,
        lent_on=today,
        due_on=today + dt.timedelta(days=7),
    )


@pytest.fixture
def overdue(copy: Copy, member: Member) -> Loan:
    """Return a loan that was due yesterday."""
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    return Loan.objects.create(
        copy=copy,
        member=member,
        lent_on=yesterday,
        due_on=yesterday,
    )


def _described(loan: Loan, **changes: object) -> dict[str, object]:
    return {
        'id': loan.pk,
        'copy': {
            'barcode': 'LIB-000042',
            'title': 'The Salt Road',
            'branch': 'hill',
        },
        'member': {'id': loan.member.pk, 'name': 'Ada Lindqvist'},
        'lent_on': str(loan.lent_on),
        'due_on': str(loan.due_on),
        'returned_on': None,
        'is_overdue': False,
        **changes,
    }


def test_loans_are_listed(api: Api, overdue: Loan) -> None:
    """Lists say what is overdue."""
    answer = api.get('loans/')

    assert 200 == answer.status_code
    assert answer.data == page(_described(overdue, is_overdue=True))


@pytest.mark.parametrize(
    ('query', 'count'),
    [
        ('', 1),
        ('status=open', 1),
        ('status=overdue', 0),
        ('status=returned', 0),
        ('member=7777', 0),
    ],
)
def test_loans_are_filtered(
    api: Api,
    loan: Loan,
    query: str,
    count: int,
) -> None:
    """An open loan is not overdue before its day."""
    answer = api.get(f'loans/?{query}')

    assert (200, count) == (answer.status_code, answer.data['count'])


def test_overdue_loans_are_found(api: Api, overdue: Loan) -> None:
    """Both filters match."""
    answer = api.get(f'loans/?status=overdue&member={overdue.member.pk}')

    assert 1 == answer.data['count']


def test_missing_page_is_not_found(api: Api) -> None:
    """An empty list is one page."""
    answer = api.get('loans/?page=2')

    assert 404 == answer.status_code
    assert answer.data == error(
        'The last page is 1',
        'not_found',
        'parsed_query',
        'page',
    )


def test_copy_is_lent(api: Api, copy: Copy, member: Member) -> None:
    """It is due after four weeks."""
    answer = api.send(
        'POST',
        'loans/',
        {'barcode': copy.barcode, 'member': member.pk},
    )

    loan = Loan.objects.get()
    assert 201 == answer.status_code
    assert loan.due_on == timezone.localdate() + dt.timedelta(days=28)
    assert answer.data == _described(loan)


def test_lent_copy_is_a_conflict(api: Api, loan: Loan) -> None:
    """Nobody can take what somebody else has."""
    answer = api.send(
        'POST',
        'loans/',
        {'barcode': 'LIB-000042', 'member': loan.member.pk},
    )

    assert 409 == answer.status_code
    assert answer.data == error(
        'LIB-000042 is lent already',
        'user_msg',
        'parsed_body',
        'barcode',
    )


def test_unknown_copy_is_not_found(api: Api, member: Member) -> None:
    """The answer points to the field."""
    answer = api.send(
        'POST',
        'loans/',
        {'barcode': 'LIB-1', 'member': member.pk},
    )

    assert 404 == answer.status_code
    assert answer.data == error(
        'There is no copy LIB-1',
        'not_found',
        'parsed_body',
        'barcode',
    )


def test_unknown_member_is_not_found(api: Api, copy: Copy) -> None:
    """The answer points to the field."""
    answer = api.send(
        'POST',
        'loans/',
        {'barcode': copy.barcode, 'member': 7777},
    )

    assert 404 == answer.status_code
    assert answer.data == error(
        'There is no member 7777',
        'not_found',
        'parsed_body',
        'member',
    )


def test_loan_is_shown(api: Api, loan: Loan) -> None:
    """The answer has all fields."""
    answer = api.get(f'loans/{loan.pk}/')

    assert 200 == answer.status_code
    assert answer.data == _described(loan)


def test_loan_is_extended(api: Api, loan: Loan) -> None:
    """Only the day changes."""
    later = str(loan.due_on + dt.timedelta(days=7))

    answer = api.send('PATCH', f'loans/{loan.pk}/', {'due_on': later})

    assert 200 == answer.status_code
    assert answer.data == _described(loan, due_on=later)


def test_loan_is_not_shortened(api: Api, loan: Loan) -> None:
    """The new day has to be later."""
    due_on = str(loan.due_on)

    answer = api.send('PATCH', f'loans/{loan.pk}/', {'due_on': due_on})

    assert 409 == answer.status_code
    assert answer.data == error(
        f'The loan is until {due_on} already',
        'user_msg',
        'parsed_body',
        'due_on',
    )


def test_copy_is_returned(api: Api, overdue: Loan) -> None:
    """What is back is not overdue any more."""
    answer = api.send('POST', f'loans/{overdue.pk}/return/')

    assert 200 == answer.status_code
    assert answer.data == _described(
        overdue,
        returned_on=str(timezone.localdate()),
    )


def test_returned_copy_can_be_lent(api: Api, loan: Loan) -> None:
    """Only open loans are in the way."""
    api.send('POST', f'loans/{loan.pk}/return/')

    answer = api.send(
        'POST',
        'loans/',
        {'barcode': 'LIB-000042', 'member': loan.member.pk},
    )

    assert 201 == answer.status_code


def test_returned_copy_cannot_be_returned(api: Api, loan: Loan) -> None:
    """What is back is neither returned nor extended."""
    api.send('POST', f'loans/{loan.pk}/return/')

    answers = [
        api.send('POST', f'loans/{loan.pk}/return/'),
        api.send('PATCH', f'loans/{loan.pk}/', {'due_on': '2999-01-01'}),
    ]

    assert [(409, error('The copy is back already', 'user_msg'))] * 2 == [
        (answer.status_code, answer.data) for answer in answers
    ]


def test_unknown_loan_is_not_found(api: Api) -> None:
    """All methods answer 404 for a loan that there is not."""
    answers = [
        api.get('loans/7/'),
        api.send('PATCH', 'loans/7/', {'due_on': '2999-01-01'}),
        api.send('POST', 'loans/7/return/'),
    ]

    assert [(404, error('There is no loan 7', 'not_found'))] * 3 == [
        (answer.status_code, answer.data) for answer in answers
    ]


@pytest.mark.parametrize(
    ('body', 'loc'),
    [
        ({'barcode': 'LIB-1'}, ['parsed_body']),
        ({'barcode': 'LIB-1', 'member': 0}, ['parsed_body', 'member']),
        (
            {'barcode': 'LIB-1', 'member': 1, 'days': 61},
            ['parsed_body', 'days'],
        ),
    ],
)
def test_wrong_loan_is_refused(
    api: Api,
    body: dict[str, object],
    loc: list[str],
) -> None:
    """The answer says where the mistake is."""
    answer = api.send('POST', 'loans/', body)

    assert 400 == answer.status_code
    assert loc == answer.data['detail'][0]['loc']
