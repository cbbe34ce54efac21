"""OpenAPI documents of dmr controllers, and pages that show them."""

from dmr.openapi.build import build_schema as build_schema
from dmr.openapi.config import OpenAPIConfig as OpenAPIConfig
from dmr.openapi.config import default_config as default_config
from dmr.openapi.core.context import OpenAPIContext as OpenAPIContext
