"""What ``python -m dmr`` and the commands of ``manage.py`` do.

Each module is one command: it finds out, and writes lines. Who started it, and
how a failure is told, is up to its two callers.
"""
