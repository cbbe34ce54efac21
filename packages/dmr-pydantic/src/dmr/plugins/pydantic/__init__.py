"""Pydantic for dmr: two serializers.

`PydanticSerializer` works with every parser and renderer,
`PydanticFastSerializer` with JSON only.
"""

try:
    __import__('pydantic')
except ImportError as exc:
    raise ImportError(
        f'`dmr.plugins.pydantic` needs pydantic, which cannot be imported: '
        f'{exc}. Run `pip install dmr-pydantic`.',
    ) from exc

from dmr.plugins.pydantic.fast import (
    PydanticFastSerializer as PydanticFastSerializer,
)
from dmr.plugins.pydantic.serializer import (
    PydanticSerializer as PydanticSerializer,
)
