"""The live page of the demo, as a person in front of Chromium sees it."""

import json
import signal
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from tests.integration.demo.server import RunningDemo, running_demo
from tests.openapi.browser import Browser, running_browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_LINES: Final = """
    return [...document.querySelectorAll('#events li')].map(
      (line) => [line.className, line.lastChild.textContent]);
"""
_STATE: Final = "return document.getElementById('state').textContent"


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[RunningDemo]:
    """Run a demo that the test may stop."""
    with running_demo(tmp_path / 'library.sqlite3') as running:
        yield running


@pytest.fixture
def page(demo: RunningDemo) -> Iterator[Browser]:
    """Open the live page, and wait until it is connected."""
    with running_browser() as browser:
        # Nothing but this name can be reached from the browser.
        address = demo.address.replace('127.0.0.1', 'localhost')
        browser.open(f'{address}/live/')
        browser.wait(f"{_STATE} === 'Connected'")
        yield browser


def test_events_arrive(
    demo: RunningDemo,
    page: Browser,
    tmp_path: Path,
) -> None:
    """What others do is on the page, the latest first, and is only text."""
    title = '<img src=x onerror=alert(1)>'
    book = _post(
        f'{demo.address}/api/books/',
        {
            'title': title,
            'author': {'name': 'Ebba Nyberg'},
            'genre': 'poetry',
            'published': 2020,
            'copies': [{'branch': 'hill'}],
        },
    )
    wanted = {'barcode': book['copies'][0]['barcode'], 'member': 1}
    loan = _post(f'{demo.address}/api/loans/', wanted)
    _post(f'{demo.address}/api/loans/{loan["id"]}/return/', {})

    page.wait("return document.querySelectorAll('#events li').length === 3")
    page.screenshot(tmp_path / 'live.png')

    assert [
        ['returned', f'Returned: {title}'],
        ['lent', f'Lent: {title}'],
        ['added', f'New in the catalogue: {title}'],
    ] == page.run(_LINES)
    assert [] == page.errors()


def test_page_says_when_the_connection_is_lost(
    demo: RunningDemo,
    page: Browser,
) -> None:
    """It keeps trying, and does not look connected meanwhile."""
    demo.process.send_signal(signal.SIGINT)

    page.wait(f"{_STATE}.startsWith('Connecting again')")


def _post(url: str, body: object) -> Any:
    request = urllib.request.Request(
        url,
        data=json.dumps(body).encode(),
        headers={'Content-Type': 'application/json'},
    )
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.load(response)
