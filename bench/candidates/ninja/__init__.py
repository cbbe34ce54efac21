"""django-ninja, functions with pydantic models."""
