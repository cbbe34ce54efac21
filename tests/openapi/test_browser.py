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
    _click(browser, '.opblock-summary-get .opblock-summary-control')
    _click(browser, '.try-out__btn')
    _click(browser, '.execute')

    answer = browser.wait(
        'const found = document.querySelector('
        "'.live-responses-table .highlight-code, "
        ".live-responses-table .microlight');"
        'return found && found.innerText',
    )

    assert '"label": "LAMP"' in answer


def test_swagger_authorizes_with_each_scheme(
    browser: Browser,
    site: str,
) -> None:
    """The dialogue has a form for every security scheme."""
    browser.open(f'{site}/swagger/')

    _click(browser, '.btn.authorize')
    text = browser.wait(
        "const found = document.querySelector('.modal-ux');"
        'return found && found.innerText',
    )

    assert all(
        name in text
        for name in (
            'basic  (http, Basic)',
            'bearer  (http, Bearer)',
            'key  (apiKey)',
            'oauth (OAuth2, password)',
        )
    ), text


def test_swagger_keeps_the_csrf_token_to_itself(
    browser: Browser,
    site: str,
) -> None:
    """Calls to the own site carry the token, as session auth needs it."""
    browser.open(f'{site}/swagger/')
    browser.wait("return document.querySelector('.opblock-summary-post')")
    browser.run("""
        window.sent = [];
        const original = window.fetch;
        window.fetch = (request, ...rest) => {
          window.sent.push(request.headers.get('X-CSRFToken'));
          return original(request, ...rest);
        };
    """)
    _click(browser, '.opblock-summary-post .opblock-summary-control')
    _click(browser, '.try-out__btn')
    _click(browser, '.execute')

    sent = browser.wait('return window.sent.length && window.sent')

    assert [64] == [len(token) for token in sent]


def _click(browser: Browser, selector: str) -> None:
    browser.wait(f"return document.querySelector('{selector}')")
    browser.run(f"document.querySelector('{selector}').click()")
