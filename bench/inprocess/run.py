"""Print the time of whole WSGI requests as ratios to hand-written views."""

import argparse
import json

from bench.inprocess import project, timing

ORDER = json.dumps(
    {
        'uid': '6e1bf8a5-2d6f-4d1c-8f3b-7a2f0f1c9e55',
        'placed_at': '2026-01-02T03:04:05+00:00',
        'customer': {'email': 'ann@example.com', 'age': 41, 'is_active': True},
        'address': {
            'street': 'Main Street 1',
            'city': 'Berlin',
            'zip_code': '1',
        },
        'lines': [
            {
                'sku': f'SKU-{n}',
                'title': f'A title {n}',
                'quantity': n,
                'price': n,
            }
            for n in range(20)
        ],
        'notes': 'leave it at the door',
    }
).encode()
USER = b'{"email":"ann@example.com","age":41,"is_active":true}'

#: Case → method, body, query string.
CASES = {
    'tiny': ('GET', b'', ''),
    'small': ('POST', USER, ''),
    'large': ('POST', ORDER, 'page=2&size=50&sort=name&dry_run=false'),
    'list': ('GET', b'', ''),
}


def candidate(who: str, kind: str, case: str) -> timing.Candidate:
    """Return who answers *case* with models of *kind*."""
    method, body, query = CASES[case]
    return timing.Candidate(
        project.urlconf(who, kind, case),
        timing.environ(
            method,
            body=body,
            query=query,
            HTTP_X_REQUEST_ID='abc',
            HTTP_X_TENANT='acme',
        ),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--rounds', type=int, default=400)
    parser.add_argument('--size', type=int, default=10)
    options = parser.parse_args()
    print(f'{project.__name__}: µs of the raw view, then ratios to it')
    for kind, name in (('m', 'msgspec'), ('p', 'pydantic')):
        for case in CASES:
            candidates = {
                who: candidate(who, kind, case) for who in ('raw', 'dmr', 'val')
            }
            answers = {
                (found.status, found.content)
                for found in map(timing.ask, candidates.values())
            }
            assert len(answers) == 1, answers
            seconds = timing.compare(
                candidates,
                rounds=options.rounds,
                size=options.size,
            )
            raw = seconds['raw']
            print(
                f'{name:9}{case:6} raw {raw * 1e6:7.1f} µs'
                f'   dmr {seconds["dmr"] / raw:.3f}'
                f'   +val {seconds["val"] / raw:.3f}',
            )


if __name__ == '__main__':
    main()
