"""Keep secrets out of error reports, also those in code of users.

Django hides the variables of whatever a function calls that is decorated with
``sensitive_variables``, except for coroutines: each of them has to be known.
"""

import inspect

from django.views.decorators.debug import sensitive_variables


def hide_coroutines(cls: type[object]) -> None:
    """Hide the variables of all coroutine methods that *cls* defines.

    Nothing about the methods changes, Django only remembers them.
    """
    for method in vars(cls).values():
        if inspect.iscoroutinefunction(method):
            sensitive_variables()(method)
