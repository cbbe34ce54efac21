"""``manage.py check --tag dmr`` reports what concerns the whole project."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import CheckMessage, run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import override_settings
from django.urls import path

from dmr import Controller
from dmr.parsers import JsonParser
from dmr.plugins.msgspec import MsgspecSerializer
from dmr.throttling import SyncThrottle
from dmr.throttling.cache_keys import RemoteAddr
from tests.core.commands.shop import urls
from tests.core.plugins import Installer, installing


@pytest.fixture
def installer(tmp_path: Path) -> Iterator[Installer]:
    """Return what installs plugins for this test."""
    with installing(tmp_path) as found:
        yield found


def _messages(*, deploy: bool = False) -> list[CheckMessage]:
    return [
        message
        for message in run_checks(
            tags=['dmr'],
            include_deployment_checks=deploy,
        )
        if str(message.id).startswith('dmr.')
    ]


def _with_settings(dmr_settings: Any) -> list[tuple[str | None, str, Any]]:
    with override_settings(DMR_SETTINGS=dmr_settings):
        return [(one.id, one.msg, one.hint) for one in _messages()]


def test_sound_project_has_nothing_to_report() -> None:
    """Servers start without a word."""
    assert [] == _messages()


def test_who_serves_json_is_told_on_demand() -> None:
    """Deployment checks name the packages."""
    (message,) = _messages(deploy=True)

    assert 'dmr.I001' == message.id
    assert 'dmr-msgspec' in message.msg


@pytest.mark.parametrize(
    ('key', 'hint'),
    [
        ('parser', "Did you mean 'parsers'?"),
        ('validate_response', "Did you mean 'validate_responses'?"),
        ('zzz', 'Known keys: auth, disabled_plugins'),
    ],
)
def test_unknown_key_is_an_error(key: str, hint: str) -> None:
    """The nearest key is offered."""
    ((identifier, message, found_hint),) = _with_settings({key: True})

    assert ('dmr.E001', f'DMR_SETTINGS has an unknown key {key!r}.') == (
        identifier,
        message,
    )
    assert found_hint.startswith(hint)


@pytest.mark.parametrize(
    ('key', 'wrong'),
    [
        ('parsers', 'json'),
        ('parsers', [1]),
        ('renderers', [JsonParser()]),
        ('auth', [object()]),
        ('throttling', [object()]),
        ('responses', [200]),
        ('validate_responses', 'yes'),
        ('validate_events', 1),
        ('validate_negotiation', 'no'),
        ('semantic_responses', None),
        ('global_error_handler', 5),
        ('openapi_examples_seed', 'seed'),
        ('openapi_static_cdn', {'swagger': 1}),
        ('django_treat_as_post', 'PUT'),
        ('no_validate_http_spec', {1}),
        ('exclude_semantic_responses', {'404'}),
        ('max_nesting_depth', 0),
        ('max_nesting_depth', True),
        ('disabled_plugins', 'one'),
        ('parsers', ['not.there.Parser']),
        ('parsers', ['nothing']),
    ],
)
def test_wrong_value_is_an_error(key: str, wrong: Any) -> None:
    """The message names the key."""
    ((identifier, message, _hint),) = _with_settings({key: wrong})

    assert 'dmr.E002' == identifier
    assert key in message or repr(wrong[0]) in message


def test_settings_must_be_a_dictionary() -> None:
    """Anything else is reported, not raised."""
    assert [
        (
            'dmr.E005',
            "DMR_SETTINGS is ['parsers'], it must be a dictionary.",
            "Write DMR_SETTINGS = {'key': value}.",
        ),
    ] == _with_settings(['parsers'])


def test_broken_plugin_is_an_error(installer: Installer) -> None:
    """Everybody learns of it before it is used."""
    installer.install('bad-one', '[dmr.parsers]\nbad = not_there:P\n')

    (message,) = _messages()

    assert 'dmr.E003' == message.id
    assert 'bad-one 1.2' in message.msg


def test_clashing_plugins_are_an_error(installer: Installer) -> None:
    """Both packages are named."""
    installer.install('one', '[dmr.parsers]\nsame = dmr.parsers:JsonParser\n')
    installer.install('two', '[dmr.parsers]\nsame = dmr.parsers:JsonParser\n')

    (message,) = _messages()

    assert 'dmr.E004' == message.id
    assert 'one 1.2' in message.msg
    assert 'two 1.2' in message.msg


def test_missing_serializer_is_a_warning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nothing works without one, unless the project has its own."""
    monkeypatch.setenv('DMR_DISABLE_PLUGIN_AUTOLOAD', '1')

    assert ['dmr.W001'] == [one.id for one in _messages()]


def test_openapi_without_its_app_is_a_warning() -> None:
    """Its pages would have neither templates nor scripts."""
    import dmr.openapi.views  # noqa: F401, PLC0415

    with override_settings(INSTALLED_APPS=['dmr']):
        found = [one.id for one in _messages()]

    assert 'dmr.W002' in found


def test_command_prints_the_hint() -> None:
    """The way out is shown with the fault."""
    printed = StringIO()

    with (
        override_settings(DMR_SETTINGS={'parser': []}),
        pytest.raises(SystemCheckError, match='Did you mean') as caught,
    ):
        call_command('check', '--tag', 'dmr', stdout=printed)

    assert 'dmr.E001' in str(caught.value)


def _throttled(cache_key: RemoteAddr | None) -> Any:
    class _Controller(Controller[MsgspecSerializer]):
        throttling = (SyncThrottle(1, 1, cache_key=cache_key),)
        throttling_allow_unsafe_cache = None

        def get(self) -> str:
            return ''

    return urls(path('x/', _Controller.as_view()))


@pytest.mark.parametrize(
    ('name', 'given'),
    [
        ('SECURE_PROXY_SSL_HEADER', ('HTTP_X_FORWARDED_PROTO', 'https')),
        ('USE_X_FORWARDED_HOST', True),
        ('USE_X_FORWARDED_PORT', True),
    ],
)
def test_throttle_that_counts_a_proxy_is_a_warning(
    name: str,
    given: Any,
) -> None:
    """A setting tells that there is one, the throttle has not been told."""
    with override_settings(ROOT_URLCONF=_throttled(None), **{name: given}):
        (message,) = [
            one for one in _messages(deploy=True) if one.id == 'dmr.W004'
        ]

    assert (
        f'{name} says that there is a proxy, but throttles of GET /x/ count '
        'per REMOTE_ADDR: that is the address of the proxy, so all clients '
        'share one counter.'
    ) == message.msg


@pytest.mark.parametrize(
    ('cache_key', 'behind_proxy'),
    [(RemoteAddr(proxies=1), True), (None, False)],
)
def test_throttle_that_fits_the_proxies_is_fine(
    cache_key: RemoteAddr | None,
    *,
    behind_proxy: bool,
) -> None:
    """It counts clients."""
    with override_settings(
        ROOT_URLCONF=_throttled(cache_key),
        USE_X_FORWARDED_HOST=behind_proxy,
    ):
        found = [one.id for one in _messages(deploy=True)]

    assert ['dmr.I001'] == found
