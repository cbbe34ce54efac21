"""Endpoints: the methods of controllers, compiled at import."""

from dmr.endpoint.arguments import SerializerContext as SerializerContext
from dmr.endpoint.decorators import modify as modify
from dmr.endpoint.decorators import validate as validate
from dmr.endpoint.endpoint import Endpoint as Endpoint
from dmr.internal.request_state import request_endpoint as request_endpoint
