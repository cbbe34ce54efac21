"""FastAPI, pydantic models, async functions."""
