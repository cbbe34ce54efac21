"""Litestar, msgspec models, async functions."""
