"""Attrs classes and dataclasses for dmr, validated with cattrs."""

from dmr_cattrs.errors import CattrsValidationError as CattrsValidationError
from dmr_cattrs.schema import CattrsSchemaGenerator as CattrsSchemaGenerator
from dmr_cattrs.serializer import CattrsSerializer as CattrsSerializer
