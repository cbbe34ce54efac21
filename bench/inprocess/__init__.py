"""Compare whole WSGI requests in one process, interleaved."""
