"""Find out, at import, whether a subclass overrides documented methods.

Fast ways bypass methods. They are only taken where nobody would notice.
"""

import inspect


def overrides(cls: type[object], base: type[object], *names: str) -> bool:
    """Tell whether *cls*, a subclass of *base*, overrides one of *names*."""
    return any(
        inspect.getattr_static(cls, name)
        is not inspect.getattr_static(base, name)
        for name in names
    )
