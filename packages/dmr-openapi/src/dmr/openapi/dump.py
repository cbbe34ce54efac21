"""Write a converted document as text."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder


def json_dump(
    converted: Any,
    *,
    indent: int | None = None,
    sort_keys: bool = False,
    ensure_ascii: bool = False,
) -> str:
    """Return *converted* as JSON, compact unless *indent* says otherwise."""
    return json.dumps(
        converted,
        cls=DjangoJSONEncoder,
        indent=indent,
        sort_keys=sort_keys,
        ensure_ascii=ensure_ascii,
        separators=(',', ':') if indent is None else (',', ': '),
        allow_nan=False,
    )
