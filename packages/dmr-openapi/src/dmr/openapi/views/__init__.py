"""Views that serve a document, and pages that show it.

The YAML view needs pyyaml and is in `dmr.openapi.views.yaml`.
"""

from dmr.openapi.views.base import OpenAPIView as OpenAPIView
from dmr.openapi.views.json import OpenAPIJsonView as OpenAPIJsonView
from dmr.openapi.views.redoc import RedocView as RedocView
from dmr.openapi.views.scalar import ScalarView as ScalarView
from dmr.openapi.views.stoplight import StoplightView as StoplightView
from dmr.openapi.views.swagger import SwaggerView as SwaggerView
