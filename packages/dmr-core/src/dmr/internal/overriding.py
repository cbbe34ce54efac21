"""Find out, at import, whether a subclass overrides documented methods.

Fast ways bypass methods. They are only taken where nobody would notice.
"""


def overrides(cls: type[object], base: type[object], *names: str) -> bool:
    """Tell whether *cls*, a subclass of *base*, overrides one of *names*.

    Raises:
        AttributeError: there is no such name.
    """
    return any(defined(cls, name) is not defined(base, name) for name in names)


def defined(cls: type[object], name: str) -> object:
    """Return what stands in the nearest class of *cls* under *name*.

    Raises:
        AttributeError: there is no such name.
    """
    # `inspect.getattr_static` says the same in 10 times the time.
    for base in cls.__mro__:
        if name in base.__dict__:
            return base.__dict__[name]
    raise AttributeError(f'{cls.__qualname__} has no {name}.')
