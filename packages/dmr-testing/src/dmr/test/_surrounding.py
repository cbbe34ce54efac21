"""What surrounds code of tests: ``with``, ``async with``, and decorators."""

import functools
import inspect
from collections.abc import Callable
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar, cast

_ParamT = ParamSpec('_ParamT')
_ReturnT = TypeVar('_ReturnT')


class Surrounding:
    """Base class of context managers that are decorators, sync and async.

    Subclasses have `start` and `stop`; what a test raises is given to `stop`.
    """

    def start(self) -> None:
        """Begin, called before the code."""
        raise NotImplementedError

    def stop(self, exc: BaseException | None) -> None:
        """End, called after the code, with the error that has left it."""
        raise NotImplementedError

    def again(self) -> Self:
        """Return what surrounds one call of a decorated function."""
        return self

    async def start_async(self) -> None:
        """Begin, called before asynchronous code."""
        self.start()

    async def stop_async(self, exc: BaseException | None) -> None:
        """End, called after asynchronous code."""
        self.stop(exc)

    def __enter__(self) -> Self:
        """Begin."""
        self.start()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End."""
        __tracebackhide__ = True
        self.stop(exc)

    async def __aenter__(self) -> Self:
        """Begin."""
        await self.start_async()
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End."""
        __tracebackhide__ = True
        await self.stop_async(exc)

    def __call__(
        self,
        func: Callable[_ParamT, _ReturnT],
    ) -> Callable[_ParamT, _ReturnT]:
        """Surround each call of *func*, a function or a coroutine function.

        Raises:
            TypeError: it is a class or a generator, whose work is done later.
        """
        if (
            isinstance(func, type)
            or inspect.isgeneratorfunction(func)
            or inspect.isasyncgenfunction(func)
        ):
            raise TypeError(
                f'{type(self).__name__} cannot decorate {func!r}, only '
                'functions and coroutine functions. Use it by `with` inside.',
            )
        if inspect.iscoroutinefunction(func):
            return cast(
                'Callable[_ParamT, _ReturnT]',
                self._surround_async(func),
            )

        @functools.wraps(func)
        def surrounded(
            *args: _ParamT.args,
            **kwargs: _ParamT.kwargs,
        ) -> _ReturnT:
            with self.again():
                return func(*args, **kwargs)

        return surrounded

    def _surround_async(self, func: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(func)
        async def surrounded(*args: Any, **kwargs: Any) -> Any:
            async with self.again():
                return await func(*args, **kwargs)

        return surrounded
