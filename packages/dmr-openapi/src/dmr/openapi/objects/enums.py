"""Names of JSON types and string formats."""

import enum
from typing import final


@final
@enum.unique
class OpenAPIType(enum.StrEnum):
    """Types that a JSON value can have."""

    ARRAY = 'array'
    BOOLEAN = 'boolean'
    INTEGER = 'integer'
    NULL = 'null'
    NUMBER = 'number'
    OBJECT = 'object'
    STRING = 'string'


@final
class OpenAPIFormat(enum.StrEnum):
    """Well-known formats; `Schema.format` takes any other string as well."""

    DATE = 'date'
    DATE_TIME = 'date-time'
    TIME = 'time'
    DURATION = 'duration'
    URL = 'url'
    EMAIL = 'email'
    IDN_EMAIL = 'idn-email'
    HOST_NAME = 'hostname'
    IDN_HOST_NAME = 'idn-hostname'
    IPV4 = 'ipv4'
    IPV6 = 'ipv6'
    URI = 'uri'
    URI_REFERENCE = 'uri-reference'
    URI_TEMPLATE = 'uri-template'
    JSON_POINTER = 'json-pointer'
    RELATIVE_JSON_POINTER = 'relative-json-pointer'
    IRI_REFERENCE = 'iri-reference'
    IRI = 'iri-reference'
    UUID = 'uuid'
    REGEX = 'regex'
    BINARY = 'binary'
    PASSWORD = 'password'
    PHONE = 'phone'
    COLOR = 'color'
    STYLE = 'style'
