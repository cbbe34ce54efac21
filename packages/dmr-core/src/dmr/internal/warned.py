"""The warning about caches, for who warns and for who makes it public."""


class UnsafeCacheBackendWarning(UserWarning):
    """Warns about caches that cannot count the requests of all processes."""
