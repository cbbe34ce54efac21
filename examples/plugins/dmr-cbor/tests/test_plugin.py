"""The plugin is found by its name, and reads what it is given."""

from typing import Any

import cbor2
import pytest
from django.test import RequestFactory, override_settings

from dmr import discovery
from dmr.settings import resolve_setting
from dmr_cbor import CborParser, CborRenderer


def test_it_is_found_by_name() -> None:
    """Settings name the format."""
    with override_settings(
        DMR_SETTINGS={'parsers': ['cbor'], 'renderers': ['cbor']},
    ):
        (parser,) = resolve_setting('parsers')
        (renderer,) = resolve_setting('renderers')

    assert (CborParser, CborRenderer) == (type(parser), type(renderer))


@pytest.mark.parametrize('group', ['dmr.parsers', 'dmr.renderers'])
def test_its_distribution_is_known(group: str) -> None:
    """Messages and lists say where it is from."""
    plugin = discovery.find(group, 'cbor')

    assert f'{group}:cbor@dmr-cbor' == plugin.spec


def test_bodies_may_be_bytearrays() -> None:
    """A body comes in either kind of bytes."""
    body = bytearray(cbor2.dumps([1, 'a']))

    parsed = CborParser().parse(
        body,
        request=RequestFactory().post('/'),
        model=Any,
    )

    assert parsed == [1, 'a']
