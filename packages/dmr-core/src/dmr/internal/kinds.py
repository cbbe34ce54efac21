"""Recognize instances of classes that need not have been imported.

Who throttles nothing does not wait for throttles to be imported: 7 ms of 145.
Somebody who has a throttle has imported its class.
"""


def is_a(anything: object, *names: str) -> bool:
    """Tell whether *anything* is an instance of one of the classes.

    *names* are modules with the names of classes: ``'package.module.Class'``.
    """
    return any(
        f'{one.__module__}.{one.__qualname__}' in names
        for one in type(anything).__mro__
    )
