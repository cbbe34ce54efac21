"""What a project says about its API as a whole."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType, NoneType
from typing import Any, Final, Literal

from django.utils.functional import Promise

from dmr.openapi.exceptions import ConfigError
from dmr.openapi.json_values import is_sequence
from dmr.openapi.objects import (
    Components,
    Contact,
    ExternalDocumentation,
    License,
    PathItem,
    Reference,
    SecurityRequirement,
    Server,
    Tag,
)
from dmr.openapi.versions import parse_version
from dmr.settings import Settings, resolve_setting

#: The versions that documents can be written in.
_VERSION: Final = re.compile(r'3\.[012]\.\d+')

#: Field → types it can have.
_EXPECTED: Final[Mapping[str, tuple[type, ...]]] = MappingProxyType(
    {
        'title': (str, Promise),
        'version': (str,),
        'openapi_version': (str,),
        'summary': (str, Promise, NoneType),
        'description': (str, Promise, NoneType),
        'terms_of_service': (str, NoneType),
        'contact': (Contact, NoneType),
        'external_docs': (ExternalDocumentation, NoneType),
        'security': (list, tuple, NoneType),
        'license': (License, NoneType),
        'components': (Components, list, tuple, NoneType),
        'servers': (list, tuple, NoneType),
        'tags': (list, tuple, NoneType),
        'webhooks': (Mapping, NoneType),
    }
)

#: Field with a list → type of its items.
_ITEMS: Final[Mapping[str, type]] = MappingProxyType(
    {
        'security': dict,
        'components': Components,
        'servers': Server,
        'tags': Tag,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAPIConfig:
    """The parts of a document that no endpoint knows.

    Put it into ``DMR_SETTINGS['openapi_config']`` or give it to
    `dmr.openapi.build_schema`. Wrong values are reported by
    ``manage.py check`` and when a document is built.
    """

    title: str
    version: str
    openapi_version: Literal['3.0.0', '3.1.0', '3.2.0'] = '3.1.0'
    summary: str | None = None
    description: str | None = None
    terms_of_service: str | None = None
    contact: Contact | None = None
    external_docs: ExternalDocumentation | None = None
    security: Sequence[SecurityRequirement] | None = None
    license: License | None = None
    #: Merged with what the endpoints need; several are merged in order.
    components: Components | Sequence[Components] | None = None
    servers: Sequence[Server] | None = None
    tags: Sequence[Tag] | None = None
    webhooks: Mapping[str, PathItem | Reference] | None = None

    @property
    def openapi_version_info(self) -> tuple[int, int, int]:
        """Return the OpenAPI version as three numbers, for comparisons."""
        return parse_version(self.openapi_version)


def default_config() -> OpenAPIConfig:
    """Return the configuration from the settings, or a nameless one.

    Raises:
        TypeError: when the setting ``openapi_config`` is something else.
    """
    config = resolve_setting(Settings.openapi_config)
    if config is None:
        return OpenAPIConfig(title='Django Modern Rest', version='0.1.0')
    if not isinstance(config, OpenAPIConfig):
        raise TypeError(
            f'OpenAPI config is not set to an OpenAPIConfig but to {config!r}. '
            "Put one into `DMR_SETTINGS['openapi_config']`.",
        )
    return config


def config_problems(config: OpenAPIConfig) -> Iterator[str]:
    """Return what is wrong with *config*, each with the name of its field."""
    for name, expected in _EXPECTED.items():
        value = getattr(config, name)
        if not isinstance(value, expected):
            yield (
                f'`{name}` is {value!r}, which is a {type(value).__name__}. '
                f'Expected: {_names(expected)}.'
            )
    for name, item_type in _ITEMS.items():
        items: Any = getattr(config, name)
        for item in items if is_sequence(items) else ():
            if not isinstance(item, item_type):
                yield (
                    f'`{name}` has {item!r}, which is a '
                    f'{type(item).__name__}. Expected: {item_type.__name__}.'
                )
    version = config.openapi_version
    if not _VERSION.fullmatch(str(version)):
        yield (
            f'`openapi_version` is {version!r}. '
            'Expected: 3.0.0, 3.1.0 or 3.2.0.'
        )


def validate_config(config: OpenAPIConfig) -> None:
    """Check every field of *config*.

    Raises:
        ConfigError: when one of them is wrong.
    """
    problems = list(config_problems(config))
    if problems:
        raise ConfigError(f'Wrong OpenAPIConfig: {" ".join(problems)}')


def _names(expected: tuple[type, ...]) -> str:
    return ' or '.join(
        'None' if kind is NoneType else kind.__name__ for kind in expected
    )
