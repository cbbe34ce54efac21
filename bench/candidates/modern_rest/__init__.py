"""django-modern-rest, which is imported as ``dmr`` too."""
