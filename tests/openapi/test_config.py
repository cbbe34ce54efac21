"""The configuration of documents."""

from typing import Any

import pytest
from django.test import override_settings

from dmr.openapi import OpenAPIConfig, OpenAPIContext, default_config
from dmr.openapi.checks import check_config
from dmr.openapi.exceptions import ConfigError
from tests.openapi.support import config


def test_default_configuration() -> None:
    """Without a setting, documents have a name all the same."""
    assert (
        OpenAPIConfig(
            title='Django Modern Rest',
            version='0.1.0',
            openapi_version='3.1.0',
        )
        == default_config()
    )


def test_configuration_of_the_settings() -> None:
    """The setting counts as soon as it changes."""
    configured = config(title='Mine')

    with override_settings(DMR_SETTINGS={'openapi_config': configured}):
        assert default_config() is configured


@override_settings(DMR_SETTINGS={'openapi_config': {'title': 'Mine'}})
def test_setting_of_another_type_is_an_error() -> None:
    """A dictionary is not a configuration."""
    with pytest.raises(TypeError, match='OpenAPI config is not set'):
        default_config()

    assert ['dmr_openapi.E001'] == [message.id for message in check_config()]


@pytest.mark.parametrize(
    ('version', 'expected'),
    [('3.0.0', (3, 0, 0)), ('3.1.0', (3, 1, 0)), ('3.2.0', (3, 2, 0))],
)
def test_version_as_numbers(
    version: str,
    expected: tuple[int, int, int],
) -> None:
    """Versions are compared by number."""
    assert expected == config(openapi_version=version).openapi_version_info


_WRONG: list[tuple[str, Any]] = [
    ('title', 1),
    ('version', None),
    ('openapi_version', '2.0'),
    ('openapi_version', '3.1'),
    ('contact', {'name': 'x'}),
    ('servers', 'https://example.com'),
    ('tags', {'a': 1}),
    ('webhooks', []),
    ('license', 'MIT'),
]


@pytest.mark.parametrize(('field', 'value'), _WRONG)
def test_wrong_field_is_named_when_a_document_is_built(
    field: str,
    value: Any,
) -> None:
    """A wrong configuration never becomes a wrong document."""
    with pytest.raises(ConfigError, match=f'`{field}` is '):
        OpenAPIContext(config=config(**{field: value}))


@pytest.mark.parametrize(('field', 'value'), _WRONG)
def test_wrong_field_is_named_by_a_check(field: str, value: Any) -> None:
    """``manage.py check`` finds it before anybody asks for a document."""
    wrong = config(**{field: value})

    with override_settings(DMR_SETTINGS={'openapi_config': wrong}):
        messages = check_config()

    assert ['dmr_openapi.E001'] == [message.id for message in messages]
    assert f'`{field}` is {value!r}' in messages[0].msg


@pytest.mark.parametrize(
    ('field', 'value'),
    [
        ('servers', ['https://example.com']),
        ('tags', ['a']),
        ('security', ['basic']),
        ('components', [{'schemas': {}}]),
    ],
)
def test_wrong_item_is_named(field: str, value: Any) -> None:
    """Lists have items of one type."""
    with pytest.raises(ConfigError, match=f'`{field}` has '):
        OpenAPIContext(config=config(**{field: value}))


def test_correct_configuration_has_no_messages() -> None:
    """The default is correct."""
    assert [] == check_config()
