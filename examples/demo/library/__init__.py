"""The service: models, what can be done with them, and the API."""
