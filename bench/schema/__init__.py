"""Start-up and OpenAPI documents, beside other frameworks."""
