"""The README of the package."""

import re
from pathlib import Path
from typing import Any

from django.test import Client, override_settings

_README = Path(__file__).parents[2] / 'packages' / 'dmr-openapi' / 'README.md'


def test_example_does_what_it_says() -> None:
    """The code is run, and the URLs that it makes answer."""
    text = _README.read_text(encoding='utf-8')
    names: dict[str, Any] = {'__name__': 'readme'}
    for code in re.findall(r'```python\n(.*?)```', text, flags=re.DOTALL):
        exec(code, names)

    class _Urls:
        urlpatterns = names['urlpatterns']

    with override_settings(ROOT_URLCONF=_Urls):
        responses = [
            Client().get(url)
            for url in ('/api/hello/', '/openapi.json', '/docs/')
        ]

    assert [200, 200, 200] == [one.status_code for one in responses]
    assert 'Hello' == responses[0].json()
    assert 'Hello' == responses[1].json()['info']['title']
    assert b'<title>Hello</title>' in responses[2].content
