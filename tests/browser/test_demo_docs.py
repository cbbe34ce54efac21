"""The docs page of the demo, as a person in front of Chromium uses it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.integration.demo.server import running_demo
from tests.openapi.browser import Browser, running_browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope='module')
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run the demo with a database of its own."""
    database = tmp_path_factory.mktemp('demo') / 'library.sqlite3'
    with running_demo(database) as demo:
        # Nothing but this name can be reached from the browser.
        yield demo.address.replace('127.0.0.1', 'localhost')


@pytest.fixture(scope='module')
def browser() -> Iterator[Browser]:
    """Share one browser, starting it takes a second."""
    with running_browser() as one:
        yield one


@pytest.fixture
def page(browser: Browser, address: str) -> Browser:
    """Open the docs page, and wait until it is complete."""
    browser.open(f'{address}/docs/')
    browser.wait("return document.querySelectorAll('.opblock').length")
    return browser


def test_page_is_complete(page: Browser, tmp_path: Path) -> None:
    """The title is there, nothing failed, nothing came from elsewhere."""
    page.screenshot(tmp_path / 'docs.png')

    assert 'Library' in page.text()
    assert [] == page.errors()
    assert [] == page.run(
        "return performance.getEntriesByType('resource')"
        '.map((entry) => entry.name)'
        '.filter((name) => !name.startsWith(location.origin))',
    )


def test_every_operation_is_listed(page: Browser) -> None:
    """What the document has is on the page, with its summary."""
    document = page.run(
        """
        const request = new XMLHttpRequest();
        request.open('GET', 'openapi.json', false);
        request.send();
        return JSON.parse(request.responseText);
        """,
    )
    described = {
        (method.upper(), path, operation['summary'])
        for path, path_item in document['paths'].items()
        for method, operation in path_item.items()
    }

    shown = page.run("""
        const text = (block, name) => block.querySelector(name)
          .innerText.replaceAll('\\u200b', '').trim();
        return [...document.querySelectorAll('.opblock')].map((block) => [
          text(block, '.opblock-summary-method'),
          text(block, '.opblock-summary-path'),
          text(block, '.opblock-summary-description'),
        ]);
    """)

    assert 44 == len(shown)
    assert described == {tuple(one) for one in shown}


def test_operations_are_grouped(page: Browser) -> None:
    """Nothing is left over in the group without a name."""
    groups = page.run("""
        return [...document.querySelectorAll('.opblock-tag')]
          .map((one) => one.dataset.tag);
    """)

    assert groups == [
        'Books',
        'Authors',
        'Copies',
        'Covers',
        'Search',
        'Members',
        'Loans',
        'Preferences',
        'Statistics',
        'Account',
        'Live',
    ]


def test_statistics_can_be_tried_out(page: Browser, tmp_path: Path) -> None:
    """A click asks the demo, its answer is on the page."""
    status, answer = _try_out(page, 'Statistics', 0)
    page.screenshot(tmp_path / 'statistics.png')

    assert ('200', 1500) == (status, answer['books'])


def test_book_can_be_added(page: Browser, tmp_path: Path) -> None:
    """The example that the page offers is a valid request."""
    status, answer = _try_out(page, 'Books', 1)
    page.screenshot(tmp_path / 'book.png')

    assert '201' == status
    assert 'The Salt Road' == answer['title']
    assert ['harbour', 'hill'] == [one['branch'] for one in answer['copies']]


def test_loans_can_be_tried_out(page: Browser) -> None:
    """Asynchronous operations answer as the others do."""
    status, answer = _try_out(page, 'Loans', 0)

    assert ('200', 20) == (status, answer['per_page'])


def test_reader_logs_in_and_out(
    page: Browser,
    address: str,
    tmp_path: Path,
) -> None:
    """The example logs in, the browser keeps the cookie, logging out works."""
    login, account = _try_out(page, 'Account', 1), _try_out(page, 'Account', 0)
    page.screenshot(tmp_path / 'account.png')
    logout = _status_of(page, 'Account', 2)
    page.open(f'{address}/docs/')
    page.wait("return document.querySelectorAll('.opblock').length")

    known = {'username': 'reader', 'logged_in_by': 'session'}
    assert ('200', known) == login == account
    assert '204' == logout
    assert '401' == _status_of(page, 'Account', 0)
    # The browser itself reports the last answer.
    assert ['401' in one for one in page.errors()] == [True]


def test_nothing_failed(page: Browser) -> None:
    """The console of the browser has no errors after all of that."""
    assert [] == page.errors()


def _try_out(page: Browser, tag: str, number: int) -> tuple[str, Any]:
    """Call an operation, return status and body of the answer."""
    status = _status_of(page, tag, number)
    body = page.wait(
        f'const found = {_block(tag, number)}'
        ".querySelector('.live-responses-table pre');"
        ' return found && found.innerText;',
    )
    return status, json.loads(body)


def _status_of(page: Browser, tag: str, number: int) -> str:
    """Call an operation, return the status of the answer."""
    block = _block(tag, number)
    _click(page, block, '.opblock-summary-control')
    _click(page, block, '.try-out__btn')
    _click(page, block, '.btn.execute')
    status: str = page.wait(
        f'const found = {block}.querySelector('
        "'.live-responses-table tbody .response-col_status');"
        ' return found && found.innerText.trim();',
    )
    # "Undocumented" stands in a line of its own.
    return status.split(maxsplit=1)[0]


def _block(tag: str, number: int) -> str:
    return (
        f"document.querySelector('[data-tag={tag}]').parentElement"
        f".querySelectorAll('.opblock')[{number}]"
    )


def _click(page: Browser, block: str, selector: str) -> None:
    found = f"{block}.querySelector('{selector}')"
    page.wait(f'return {found}')
    page.run(f'{found}.scrollIntoView(); {found}.click()')
