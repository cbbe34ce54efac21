"""Requests make no more calls than they did: a gate without a clock."""

import os

import pytest

from bench.calls import compare

_HOW_TO_RECORD = (
    '`BENCH_MODELS=msgspec python -m bench.calls.count small` prints the calls '
    'of a request. If they are worth it: `hatch run bench:record`, and commit '
    'bench/calls/numbers.json with the reason.'
)


def test_requests_are_as_cheap_as_recorded() -> None:
    """Five requests, both serializers, 3 % more calls at most."""
    before = compare.recorded()
    if before is None and 'CI' not in os.environ:
        pytest.skip(f'Nothing recorded for {compare.combination()}.')
    assert before is not None, _HOW_TO_RECORD

    found = list(compare.dearer(before, compare.counted()))

    assert not found, '\n'.join([*found, _HOW_TO_RECORD])


@pytest.mark.parametrize(
    ('calls', 'expected'),
    [
        (97, []),
        (103, []),
        (
            104,
            [
                (
                    'msgspec, tiny: 104 calls instead of 100, +4.0%; '
                    'in dmr 50 instead of 40'
                )
            ],
        ),
    ],
)
def test_three_percent_are_tolerated(calls: int, expected: list[str]) -> None:
    """More is reported, with the share of dmr in it."""
    found = compare.dearer(
        {'msgspec': {'tiny': {'all': 100, 'dmr': 40}}},
        {'msgspec': {'tiny': {'all': calls, 'dmr': 50}}},
    )

    assert expected == list(found)
