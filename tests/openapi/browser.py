"""Drive headless Chromium through ChromeDriver, without any other package."""

import base64
import json
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

#: Nothing outside of this machine can be reached.
_OFFLINE = '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost'

_ARGUMENTS = (
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--window-size=1280,1000',
    _OFFLINE,
)


class Browser:
    """One session of Chromium."""

    def __init__(self, driver_url: str, profile: str) -> None:
        self._driver_url = driver_url
        options = {
            'args': [*_ARGUMENTS, f'--user-data-dir={profile}'],
            'binary': shutil.which('chromium'),
        }
        session = self._send(
            'POST',
            '/session',
            {
                'capabilities': {
                    'alwaysMatch': {
                        'goog:chromeOptions': options,
                        'goog:loggingPrefs': {'browser': 'ALL'},
                    },
                },
            },
        )
        self._session = f'/session/{session["sessionId"]}'

    def open(self, url: str) -> None:
        """Load a page."""
        self._send('POST', f'{self._session}/url', {'url': url})

    def run(self, script: str) -> Any:
        """Return what *script* returns."""
        body = {'script': script, 'args': []}
        return self._send('POST', f'{self._session}/execute/sync', body)

    def wait(self, script: str, seconds: float = 20) -> Any:
        """Return what *script* returns, as soon as it is true."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = self.run(script)
            if found:
                return found
            time.sleep(0.1)
        raise TimeoutError(f'{script} has never been true: {self.text()}')

    def text(self) -> str:
        """Return all text that a person sees, shadow roots included."""
        text: str = self.run("""
            const read = (node) => [
              node.innerText || '',
              ...[...node.querySelectorAll('*')]
                .filter((child) => child.shadowRoot)
                .map((child) => read(child.shadowRoot)),
            ].join(' ');
            return read(document.body);
        """)
        return text

    def errors(self) -> list[str]:
        """Return what was written to the console as an error."""
        entries = self._send(
            'POST',
            f'{self._session}/se/log',
            {'type': 'browser'},
        )
        return [
            entry['message'] for entry in entries if entry['level'] == 'SEVERE'
        ]

    def screenshot(self, path: Path) -> None:
        """Write what a person sees to a PNG file."""
        image = self._send('GET', f'{self._session}/screenshot')
        path.write_bytes(base64.b64decode(image))

    def quit(self) -> None:
        """Close the browser."""
        self._send('DELETE', self._session)

    def _send(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
    ) -> Any:
        request = urllib.request.Request(
            f'{self._driver_url}{path}',
            data=None if body is None else json.dumps(body).encode(),
            headers={'Content-Type': 'application/json'},
            method=method,
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return json.load(response)['value']
        except urllib.error.HTTPError as exc:
            raise RuntimeError(exc.read().decode()) from exc


@contextmanager
def running_browser() -> Iterator[Browser]:
    """Start Chromium, and stop it again."""
    with socket.socket() as free:
        free.bind(('127.0.0.1', 0))
        port = free.getsockname()[1]
    driver = subprocess.Popen(
        ['chromedriver', f'--port={port}'],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        with tempfile.TemporaryDirectory(
            ignore_cleanup_errors=True,
        ) as profile:
            browser = Browser(f'http://127.0.0.1:{port}', profile)
            try:
                yield browser
            finally:
                browser.quit()
    finally:
        driver.terminate()
        driver.wait()


def _wait_for(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(('127.0.0.1', port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError('ChromeDriver does not start')
