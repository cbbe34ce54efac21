"""JSON schemas of single values."""

import datetime as dt
import ipaddress
import uuid
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

#: Type → its schema, as it is written.
SCALAR_SCHEMAS: Final[Mapping[type[Any], dict[str, Any]]] = {
    bool: {'type': 'boolean'},
    int: {'type': 'integer'},
    float: {'type': 'number'},
    str: {'type': 'string'},
    bytes: {'type': 'string', 'contentEncoding': 'base64'},
    Decimal: {
        'anyOf': [
            {'type': 'string', 'format': 'decimal'},
            {'type': 'number'},
        ],
    },
    dt.datetime: {'type': 'string', 'format': 'date-time'},
    dt.date: {'type': 'string', 'format': 'date'},
    dt.time: {'type': 'string', 'format': 'time'},
    dt.timedelta: {'type': 'string', 'format': 'duration'},
    uuid.UUID: {'type': 'string', 'format': 'uuid'},
    ipaddress.IPv4Address: {'type': 'string', 'format': 'ipv4'},
    ipaddress.IPv6Address: {'type': 'string', 'format': 'ipv6'},
    Path: {'type': 'string', 'format': 'path'},
}
