"""Migrations of the table of opaque tokens."""
