"""The API's models: pydantic, msgspec, and plain Python for both."""
