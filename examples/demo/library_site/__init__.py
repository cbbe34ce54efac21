"""The Django project around the library: settings, URLs and the ASGI app."""
