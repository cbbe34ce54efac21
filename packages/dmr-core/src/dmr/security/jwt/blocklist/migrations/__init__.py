"""Migrations of the table of revoked tokens."""
