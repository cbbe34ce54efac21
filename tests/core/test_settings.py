"""Every setting: its default, its forms, and how changes are noticed."""

import os
import subprocess
import sys
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from django.test import override_settings

from dmr import ResponseSpec, settings
from dmr.errors import global_error_handler
from dmr.exceptions import PluginError
from dmr.internal.conf import MAX_CACHE_SIZE
from dmr.parsers import JsonParser
from dmr.plugins.msgspec import (
    MsgpackParser,
    MsgpackRenderer,
    MsgspecJsonParser,
    MsgspecJsonRenderer,
)
from dmr.settings import (
    HttpSpec,
    Settings,
    as_parsers,
    as_renderers,
    bounded_cache,
    clear_settings_cache,
    resolve_setting,
)

_DEFAULTS: dict[str, Any] = {
    'auth': [],
    'throttling': [],
    'throttling_allow_unsafe_cache': True,
    'no_validate_http_spec': frozenset(),
    'validate_responses': True,
    'validate_events': None,
    'validate_negotiation': None,
    'semantic_responses': True,
    'exclude_semantic_responses': frozenset(),
    'responses': [],
    'global_error_handler': 'dmr.errors.global_error_handler',
    'openapi_examples_seed': None,
    'openapi_static_cdn': {},
    'django_treat_as_post': {'PUT', 'PATCH'},
}

_VALUES: dict[str, Any] = {
    'throttling_allow_unsafe_cache': False,
    'no_validate_http_spec': {HttpSpec.empty_request_body},
    'validate_responses': False,
    'validate_events': True,
    'validate_negotiation': False,
    'semantic_responses': False,
    'exclude_semantic_responses': {HTTPStatus.NOT_ACCEPTABLE},
    'responses': [ResponseSpec(int, status_code=HTTPStatus.CONFLICT)],
    'global_error_handler': global_error_handler,
    'openapi_examples_seed': 7,
    'openapi_static_cdn': {'swagger': 'https://example.org'},
    'django_treat_as_post': {'PUT'},
}


@pytest.mark.parametrize('key', _DEFAULTS)
@pytest.mark.parametrize('configured', [{}, None])
def test_default(key: str, configured: Any) -> None:
    """A project that sets nothing gets the documented defaults."""
    with override_settings(DMR_SETTINGS=configured):
        assert _DEFAULTS[key] == resolve_setting(key)


def test_each_key_has_its_own_default() -> None:
    """Keys that are not given keep their defaults."""
    with override_settings(DMR_SETTINGS={'validate_responses': False}):
        assert resolve_setting(Settings.semantic_responses) is True


@pytest.mark.parametrize('key', _VALUES)
@pytest.mark.parametrize('as_enum', [True, False])
def test_value(key: str, *, as_enum: bool) -> None:
    """Keys are members of the enum or plain strings, everywhere."""
    name: Any = Settings(key) if as_enum else key

    with override_settings(DMR_SETTINGS={name: _VALUES[key]}):
        assert _VALUES[key] == resolve_setting(key)
        assert _VALUES[key] == resolve_setting(Settings(key))


def test_unknown_key() -> None:
    """There is no setting of this name."""
    with pytest.raises(ValueError, match='unheard_of'):
        resolve_setting('unheard_of')


def test_dotted_path_is_imported_on_request() -> None:
    """`import_string` imports what a text names, objects stay."""
    assert global_error_handler is resolve_setting(
        Settings.global_error_handler,
        import_string=True,
    )
    with override_settings(DMR_SETTINGS={'global_error_handler': print}):
        assert print is resolve_setting(
            Settings.global_error_handler,
            import_string=True,
        )


@pytest.mark.parametrize(
    'given',
    [
        MsgpackParser(),
        MsgpackParser,
        'dmr.plugins.msgspec.MsgpackParser',
        'msgpack',
    ],
    ids=['instance', 'class', 'import path', 'plugin name'],
)
def test_forms_of_a_parser(given: Any) -> None:
    """Whatever stands for a parser, an instance comes out."""
    with override_settings(DMR_SETTINGS={'parsers': [given]}):
        (found,) = resolve_setting(Settings.parsers)

    assert isinstance(found, MsgpackParser)


@pytest.mark.parametrize(
    'given',
    [
        MsgpackRenderer(),
        MsgpackRenderer,
        'dmr.plugins.msgspec.MsgpackRenderer',
        'msgpack',
    ],
    ids=['instance', 'class', 'import path', 'plugin name'],
)
def test_forms_of_a_renderer(given: Any) -> None:
    """Whatever stands for a renderer, an instance comes out."""
    with override_settings(DMR_SETTINGS={'renderers': (given,)}):
        (found,) = resolve_setting(Settings.renderers)

    assert isinstance(found, MsgpackRenderer)


def test_unknown_plugin() -> None:
    """The message says what is installed."""
    with (
        override_settings(DMR_SETTINGS={'parsers': ['yaml']}),
        pytest.raises(PluginError, match='installed: json, msgpack'),
    ):
        resolve_setting(Settings.parsers)


@pytest.mark.parametrize(
    ('resolve', 'place'),
    [
        (as_parsers, 'parsers of Books'),
        (as_renderers, 'renderers of a handler'),
    ],
)
def test_unknown_plugin_is_named_with_its_place(
    resolve: Callable[[list[str], str], object],
    place: str,
) -> None:
    """Whoever has written it finds it."""
    with pytest.raises(PluginError, match=rf"^{place}: .*'yaml'") as raised:
        resolve(['yaml'], place)

    assert 'missing' == raised.value.fault


def test_wrong_import_path() -> None:
    """The message says which setting names it."""
    with (
        override_settings(DMR_SETTINGS={'parsers': ['no.such.Parser']}),
        pytest.raises(ImportError, match=r"DMR_SETTINGS\['parsers'\]"),
    ):
        resolve_setting(Settings.parsers)


def test_defaults_for_json() -> None:
    """The fastest installed JSON is the default."""
    assert isinstance(settings.default_parser, MsgspecJsonParser)
    assert isinstance(settings.default_renderer, MsgspecJsonRenderer)
    assert [settings.default_parser] == resolve_setting(Settings.parsers)
    assert [settings.default_renderer] == resolve_setting(Settings.renderers)


def test_default_for_json_without_the_plugin() -> None:
    """A plugin that is switched off is not the default."""
    disabled = ['dmr.parsers:json@dmr-msgspec']

    with override_settings(DMR_SETTINGS={'disabled_plugins': disabled}):
        (found,) = resolve_setting(Settings.parsers)

    assert JsonParser is type(found)


def test_other_names_of_the_module_are_missing() -> None:
    """Only the two documented names are made on demand."""
    with pytest.raises(AttributeError, match='unheard_of'):
        settings.unheard_of  # type: ignore[attr-defined]  # noqa: B018


def test_overrides_are_noticed_without_help() -> None:
    """Values follow `override_settings` in both directions."""
    with override_settings(DMR_SETTINGS={'validate_responses': False}):
        inside = resolve_setting(Settings.validate_responses)

    assert (False, True) == (
        inside,
        resolve_setting(Settings.validate_responses),
    )


def test_clearing_the_cache_by_hand_is_allowed() -> None:
    """Code that cleared caches before goes on to work."""
    clear_settings_cache()

    assert resolve_setting(Settings.validate_responses) is True


def test_bounded_cache_remembers() -> None:
    """The same arguments give the very same result."""
    made = bounded_cache(_new_list)

    assert made(1) is made(1)


def test_bounded_cache_looks_at_types() -> None:
    """``True`` equals 1, and is no number."""
    made = bounded_cache(_new_list)

    assert made(1) is not made(True)


def test_bounded_cache_follows_settings() -> None:
    """What was made with other settings is not used any more."""
    made = bounded_cache(_new_list)
    before = made(1)

    with override_settings(DMR_SETTINGS={'validate_responses': False}):
        inside = made(1)

    assert before is not inside


def test_bounded_cache_is_bounded() -> None:
    """What was not used for longest is forgotten first."""
    made = bounded_cache(_new_list)
    before = made(0)

    for number in range(1, 1 + MAX_CACHE_SIZE):
        made(number)

    assert before is not made(0)


def _new_list(number: int) -> list[int]:
    return [number]


@pytest.mark.parametrize(('given', 'expected'), [(None, 256), ('3', 3)])
def test_size_of_caches(given: str | None, expected: int) -> None:
    """`DMR_MAX_CACHE_SIZE` bounds the caches of every distribution."""
    environment = {**os.environ, 'DJANGO_SETTINGS_MODULE': 'tests.settings'}
    environment.pop('DMR_MAX_CACHE_SIZE', None)
    if given is not None:
        environment['DMR_MAX_CACHE_SIZE'] = given
    program = (
        'from dmr.internal.conf import MAX_CACHE_SIZE as found; print(found)'
    )

    printed = subprocess.run(
        [sys.executable, '-c', program],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout

    assert expected == int(printed)
