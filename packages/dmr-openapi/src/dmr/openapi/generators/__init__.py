"""What writes the parts of a document, one class for each part."""

from dmr.openapi.generators.component_parsers import (
    ComponentParserGenerator as ComponentParserGenerator,
)
from dmr.openapi.generators.operation import (
    OperationGenerator as OperationGenerator,
)
from dmr.openapi.generators.operation_id import (
    OperationIdGenerator as OperationIdGenerator,
)
from dmr.openapi.generators.parameter import (
    ParameterGenerator as ParameterGenerator,
)
from dmr.openapi.generators.path_item import (
    PathItemGenerator as PathItemGenerator,
)
from dmr.openapi.generators.request_body import (
    RequestBodyGenerator as RequestBodyGenerator,
)
from dmr.openapi.generators.response import (
    ResponseGenerator as ResponseGenerator,
)
from dmr.openapi.generators.schema import SchemaGenerator as SchemaGenerator
from dmr.openapi.generators.security_scheme import (
    SecuritySchemeGenerator as SecuritySchemeGenerator,
)
