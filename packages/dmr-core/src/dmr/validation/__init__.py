"""Check definitions at import and responses at run time."""

from dmr.validation.controller import ControllerValidator as ControllerValidator
from dmr.validation.endpoint_metadata import (
    EndpointMetadataBuilder as EndpointMetadataBuilder,
)
from dmr.validation.endpoint_metadata import (
    EndpointMetadataValidator as EndpointMetadataValidator,
)
from dmr.validation.payload import (
    ModifyEndpointPayload as ModifyEndpointPayload,
)
from dmr.validation.payload import (
    ValidateEndpointPayload as ValidateEndpointPayload,
)
from dmr.validation.response import ResponseValidator as ResponseValidator
from dmr.validation.settings import SettingsValidator as SettingsValidator
