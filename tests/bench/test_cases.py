"""The requests of the race are right, and what is wrong is noticed."""

import json

import pytest

from bench.cases import CASES, Case, same_answer
from bench.race.pool import WrongAnswerError, check

pytestmark = pytest.mark.once

all_cases = pytest.mark.parametrize(
    'case',
    CASES.values(),
    ids=lambda case: case.name,
)


@all_cases
def test_right_answer_is_recognised(case: Case) -> None:
    """An answer is compared by its value: spaces do not count."""
    content = json.dumps(case.answer, indent=2).encode()

    assert same_answer(case, case.status, content)


@all_cases
def test_other_answers_are_refused(case: Case) -> None:
    """A wrong status and a wrong value are noticed."""
    content = json.dumps(case.answer).encode()

    assert not same_answer(case, 500, content)
    assert not same_answer(case, case.status, b'{}')


class _Gullible:
    """Answers as expected, whatever is asked."""

    def ask(self, request: object) -> tuple[int, bytes]:
        for case in CASES.values():
            if request == case.request or request in case.wrong:
                return case.status, json.dumps(case.answer).encode()
        raise AssertionError(request)


def test_who_does_not_validate_cannot_take_part() -> None:
    """Requests that are wrong have to be refused."""
    with pytest.raises(WrongAnswerError, match='has to be refused'):
        check('gullible', _Gullible())
