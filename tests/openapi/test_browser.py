"""What a person sees: the pages in headless Chromium, without a network."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from tests.openapi.browser import Browser, running_browser

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.urls('tests.openapi.shop'),
    pytest.mark.django_db,
]

#: Scripts only from the server itself. Three of the pages make their styles
#: in the browser, which `style-src 'self'` alone would forbid.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' {styles}; "
    "img-src 'self' data:; connect-src 'self'; font-src 'self' data:; "
    "worker-src blob:; base-uri 'none'; form-action 'none'"
)
_STYLES = {
    'swagger': '',
    'redoc': "'unsafe-inline'",
    'scalar': "'unsafe-inline'",
    'stoplight': "'unsafe-inline'",
}


class PolicyMiddleware:
    """Send a strict Content-Security-Policy."""

    def __init__(self, get_response: Any) -> None:
        self._get_response = get_response

    def __call__(self, request: Any) -> Any:
        response = self._get_response(request)
        tool = request.path.strip('/')
        response.headers['Content-Security-Policy'] = _POLICY.format(
            styles=_STYLES.get(tool, ''),
        )
        return response


@pytest.fixture(scope='module')
def browser() -> Iterator[Browser]:
    """Share one browser, starting it takes a second."""
    with running_browser() as one:
        yield one


@pytest.fixture
def site(live_server: Any) -> Iterator[str]:
    """Serve the shop with a strict policy."""
    middleware = [f'{__name__}.PolicyMiddleware']
    with override_settings(MIDDLEWARE=middleware, DEBUG=False):
        yield live_server.url


@pytest.mark.parametrize('tool', _STYLES)
def test_page_shows_the_document(
    browser: Browser,
    site: str,
    tool: str,
    tmp_path: Path,
) -> None:
    """Title and operations are visible, nothing fails, nothing is loaded."""
    browser.open(f'{site}/{tool}/')

    browser.wait("return document.body.innerText.includes('items')")
    text = browser.text()
    browser.screenshot(tmp_path / f'{tool}.png')

    # Sanitizers report the markup that they remove from descriptions.
    errors = [one for one in browser.errors() if 'event handler' not in one]
    assert 'Shop </script><script>' in text.replace('\n', '')
    assert [] == errors
    assert browser.run('return window.hacked') is None
    assert [] == browser.run(
        "return performance.getEntriesByType('resource')"
        '.map((entry) => entry.name)'
        '.filter((name) => !name.startsWith(location.origin))'
        ".filter((name) => !name.startsWith('blob:'))",
    )


def test_swagger_tries_an_operation(browser: Browser, site: str) -> None:
    """A click calls the API, the answer stands on the page."""
    browser.open(f'{site}/swagger/')

    _try_out(browser, 'get')
    answer = browser.wait("""
        const found = document.querySelector('.live-responses-table pre');
        return found && found.innerText;
    """)

    assert '"name": "Lamp"' in answer


@pytest.mark.parametrize(
    ('scheme', 'values', 'header', 'expected'),
    [
        ('basic', ['user', 'pass'], 'Authorization', 'Basic dXNlcjpwYXNz'),
        ('bearer', ['token'], 'Authorization', 'Bearer token'),
        ('key', ['secret'], 'X-API-Key', 'secret'),
    ],
)
def test_swagger_authorizes(
    browser: Browser,
    site: str,
    scheme: str,
    values: list[str],
    header: str,
    expected: str,
) -> None:
    """What is typed into the dialogue is sent with the next call."""
    browser.open(f'{site}/swagger/')

    _authorize(browser, scheme, values)
    sent = _sent_headers(browser, 'post')

    assert expected == sent[header.lower()]


def test_swagger_offers_oauth(browser: Browser, site: str) -> None:
    """The dialogue has the fields of an OAuth flow."""
    browser.open(f'{site}/swagger/')

    _click(browser, '.btn.authorize')
    text = browser.wait("""
        const found = document.querySelector('.dialog-ux');
        return found && found.innerText;
    """)

    assert 'oauth (OAuth2, password)' in text
    assert 'Token URL: /token/' in text


def test_swagger_sends_the_csrf_token(browser: Browser, site: str) -> None:
    """Calls to the own site carry the token, as session auth needs it."""
    browser.open(f'{site}/swagger/')

    sent = _sent_headers(browser, 'post')

    assert 32 == len(sent['x-csrftoken'])


def _sent_headers(browser: Browser, method: str) -> dict[str, str]:
    """Try an operation, return the headers of the request."""
    browser.run("""
        window.sent = null;
        const original = window.fetch;
        window.fetch = (...request) => {
          window.sent = Object.fromEntries(new Request(...request).headers);
          return original(...request);
        };
    """)
    _try_out(browser, method)
    sent: dict[str, str] = browser.wait('return window.sent')
    return sent


def _try_out(browser: Browser, method: str) -> None:
    _click(browser, f'.opblock-{method} .opblock-summary-control')
    _click(browser, '.try-out__btn')
    _click(browser, '.btn.execute')


def _authorize(browser: Browser, scheme: str, values: list[str]) -> None:
    _click(browser, '.btn.authorize')
    browser.wait("return document.querySelector('.dialog-ux')")
    # React only sees what is set in the way that a person sets it.
    browser.run(f"""
        const form = [...document.querySelectorAll('.auth-container')]
          .find((one) => one.querySelector('code').innerText === '{scheme}');
        const set = Object.getOwnPropertyDescriptor(
          HTMLInputElement.prototype, 'value').set;
        const values = {values};
        form.querySelectorAll('input').forEach((input, index) => {{
          set.call(input, values[index]);
          input.dispatchEvent(new Event('input', {{bubbles: true}}));
          input.dispatchEvent(new Event('change', {{bubbles: true}}));
        }});
        form.querySelector('button[type=submit]').click();
    """)
    _click(browser, '.dialog-ux .close-modal')


def _click(browser: Browser, selector: str) -> None:
    browser.wait(f"return document.querySelector('{selector}')")
    browser.run(f"document.querySelector('{selector}').click()")


@pytest.mark.parametrize(
    ('page', 'steps'),
    [
        (
            'stoplight/#/operations/getItemscontrollerApiItems',
            ['Send API Request'],
        ),
        ('scalar/#tag/items/GET/api/items/', ['Test Request', 'Send get']),
    ],
)
def test_other_pages_try_an_operation(
    browser: Browser,
    site: str,
    page: str,
    steps: list[str],
) -> None:
    """A click calls the API from these pages as well."""
    browser.open(f'{site}/{page}')
    called = (
        "return performance.getEntriesByType('resource')"
        ".filter((entry) => entry.name.includes('/api/items/'))"
        '.map((entry) => entry.responseStatus)'
    )

    for step in steps:
        button = (
            "[...document.querySelectorAll('button')]"
            f".find((one) => one.innerText.includes('{step}'))"
        )
        browser.wait(f'return {button}')
        browser.run(f'{button}.click()')

    assert [200] == browser.wait(
        f'const all = (() => {{{called}}})();return all.length && all'
    )
