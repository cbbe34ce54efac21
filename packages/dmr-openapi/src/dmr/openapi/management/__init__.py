"""Commands of dmr-openapi."""
