"""The pytest plugin of dmr: fixtures for clients, factories and settings."""
