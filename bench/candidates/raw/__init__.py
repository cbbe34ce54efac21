"""Views without any framework but Django."""
