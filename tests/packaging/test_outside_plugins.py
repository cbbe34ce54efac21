"""Plugins of other people, built, installed and used as anybody's."""

import json
import shutil
from pathlib import Path

import pytest

from tests.packaging.environments import OUTSIDE, Environment

pytestmark = pytest.mark.packaging

#: A project that names its serializer and its formats, and nothing else.
_SITE = """
import sys

import attrs
import cbor2
import django
from django.conf import settings

settings.configure(
    SECRET_KEY='a-secret-key-of-more-than-32-characters',
    ALLOWED_HOSTS=['*'],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=['dmr', 'dmr.openapi'],
    DMR_SETTINGS={
        'parsers': ['json', 'cbor'],
        'renderers': ['json', 'cbor'],
    },
)
django.setup()

from django.core.management import call_command
from django.test import Client
from django.urls import include

from dmr import Body, Controller, discovery
from dmr.openapi import build_schema
from dmr.routing import Router, path

Serializer = discovery.get('dmr.serializers', 'cattrs')


@attrs.define
class Book:
    title: str
    pages: int | None = None


class Books(Controller[Serializer]):
    def post(self, parsed_body: Body[list[Book]]) -> list[Book]:
        return parsed_body


router = Router('api/', [path('books/', Books.as_view(), name='books')])
urlpatterns = [path(router.prefix, include((router.urls, 'api')))]


def ask(body, content_type, accept):
    response = Client().post(
        '/api/books/',
        body,
        content_type=content_type,
        headers={'Accept': accept},
    )
    print(response.status_code, response.headers['Content-Type'])
    print(response.content.hex() if 'cbor' in accept else response.json())


JSON, CBOR = 'application/json', 'application/cbor'
books = [{'title': 'A', 'pages': 5}]
ask(b'[{"title": "A", "pages": 5}]', JSON, CBOR)
ask(cbor2.dumps(books), CBOR, JSON)
ask(cbor2.dumps([{'title': 'A', 'pages': 'x'}]), CBOR, JSON)
ask(bytes.fromhex('d81c81d81d00'), CBOR, JSON)
call_command('check', tags=['dmr'])
document = build_schema(router).convert()
print(sorted(document['components']['schemas']['Book']['properties']))
operation = document['paths']['/api/books/']['post']
print(sorted(operation['requestBody']['content']))
print(sorted(name for name in sys.modules if name in {'pydantic', 'msgspec'}))
"""

_ANSWERS = """\
201 application/cbor
81a2657469746c65614165706167657305
201 application/json
[{'title': 'A', 'pages': 5}]
400 application/json
{'detail': [{'msg': 'Expected `int`, got `str`', \
'loc': ['parsed_body', '0', 'pages'], 'type': 'value_error'}]}
400 application/json
{'detail': [{'msg': 'Tag 29 is not supported', 'type': 'value_error'}]}
System check identified no issues (0 silenced).
['pages', 'title']
['application/cbor', 'application/json']
[]
"""


def test_they_serve_requests(clean: Environment, tmp_path: Path) -> None:
    """Found by name, in both formats, with faults and a document."""
    (tmp_path / 'shop.py').write_text(_SITE, 'utf-8')

    assert _ANSWERS == clean.python('shop.py', cwd=tmp_path)


def test_they_are_listed(clean: Environment, tmp_path: Path) -> None:
    """Each with its distribution, its version and that of the contract."""
    listed = json.loads(
        clean.python('-m', 'dmr', 'plugins', '--json', '--check', cwd=tmp_path),
    )

    assert [
        ('parser', 'cbor', 'dmr-cbor', '0.1.0', 1),
        ('renderer', 'cbor', 'dmr-cbor', '0.1.0', 1),
        ('serializer', 'cattrs', 'dmr-cattrs', '0.1.0', 1),
    ] == sorted(
        (
            one['kind'],
            one['name'],
            one['distribution'],
            one['version'],
            one['contract'],
        )
        for one in listed
        if one['distribution'] in {'dmr-cattrs', 'dmr-cbor'}
    )


@pytest.mark.parametrize('distribution', ['dmr-cattrs', 'dmr-cbor'])
def test_they_keep_the_contract(
    distribution: str,
    clean: Environment,
    tmp_path: Path,
) -> None:
    """Their own tests pass with the wheels, the conformance kit among them."""
    shutil.copytree(OUTSIDE / distribution / 'tests', tmp_path / 'tests')
    shutil.copy(OUTSIDE / distribution / 'pyproject.toml', tmp_path)

    printed = clean.python(
        *('-P', '-m', 'pytest', '-q', '-p', 'no:cacheprovider'),
        cwd=tmp_path,
    )

    assert ' passed' in printed
