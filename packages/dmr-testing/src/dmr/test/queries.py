"""Guard tests against too many queries.

An endpoint that makes one query for each item of a list is fast with the two
items of a test, and slow in production.
"""

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Collection
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, Final, Self

from asgiref.sync import sync_to_async
from django.db import connections
from typing_extensions import override

from dmr.test._places import Place, own_place, running_task
from dmr.test._surrounding import Surrounding

#: Statements that Django makes for ``atomic`` inside of a test.
_TRANSACTIONS: Final = re.compile(
    r'(?:SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT)\b',
    re.IGNORECASE,
)

#: Characters of a statement that a message shows.
_SHOWN: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One query, without its parameters.

    *database* is its alias in the settings. *place* is the line of the
    project that has asked for it, ``None`` if nobody can tell.
    """

    sql: str
    database: str
    place: Place | None

    def __str__(self) -> str:
        """Show the beginning of a long statement."""
        shown = ' '.join(self.sql.split())
        if len(shown) > _SHOWN:
            shown = f'{shown[:_SHOWN]}…'
        return f'{self.place or "(unknown place)"}\n    {shown}'


class max_queries(Surrounding):  # noqa: N801
    """Allow at most *limit* queries, and say which were made if there are more.

    Queries to all databases count, or to those *using* names. Statements for
    transactions do not: those of tests are not those of production.

    Use it with ``with`` and ``async with``, or as decorator of functions and
    coroutine functions. *queries* lists what was made:

    .. code-block:: python

        with max_queries(2):
            client.get('/books/')
    """

    def __init__(
        self,
        limit: int,
        *,
        using: Collection[str] | None = None,
    ) -> None:
        """Prepare it, nothing is counted yet."""
        self.limit = limit
        self.queries: list[Query] = []
        self._using = using
        self._stack = ExitStack()
        self._task: asyncio.Task[Any] | None = None

    @override
    def again(self) -> Self:
        """Return a guard like this one: each call counts for itself."""
        return type(self)(self.limit, using=self._using)

    @override
    def start(self) -> None:
        """Begin to count."""
        self.queries = []
        self._task = running_task()
        self._watch()

    @override
    def stop(self, exc: BaseException | None) -> None:
        """End, and complain about too many.

        Raises:
            AssertionError: there were more than the limit.
        """
        __tracebackhide__ = True
        self._stack.close()
        self._complain(exc)

    @override
    async def start_async(self) -> None:
        """Begin to count, in the thread that makes the queries."""
        self.queries = []
        self._task = running_task()
        await sync_to_async(self._watch)()

    @override
    async def stop_async(self, exc: BaseException | None) -> None:
        """End, and complain about too many.

        Raises:
            AssertionError: there were more than the limit.
        """
        __tracebackhide__ = True
        await sync_to_async(self._stack.close)()
        self._complain(exc)

    def _watch(self) -> None:
        for alias in connections if self._using is None else self._using:
            # Connections belong to threads, this is the one of this thread.
            connection = connections[alias]
            self._stack.enter_context(connection.execute_wrapper(self._note))

    def _note(
        self,
        execute: Callable[..., Any],
        sql: str,
        params: Any,
        many: bool,
        context: Any,
    ) -> Any:
        if not _TRANSACTIONS.match(sql.lstrip()):
            query = Query(
                sql=sql,
                database=context['connection'].alias,
                place=own_place(self._task),
            )
            self.queries.append(query)
        return execute(sql, params, many, context)

    def _complain(self, exc: BaseException | None) -> None:
        __tracebackhide__ = True
        # What has failed already is more interesting.
        if exc is not None or len(self.queries) <= self.limit:
            return
        raise AssertionError(
            f'{_times(len(self.queries), "query", "queries")} made, at most '
            f'{self.limit} allowed.\n{_report(self.queries)}',
        )


def _report(queries: list[Query]) -> str:
    """Say which queries were made, the most frequent first."""
    return '\n'.join(
        f'{_times(count, "time", "times")} {query}'
        for query, count in Counter(queries).most_common()
    )


def _times(count: int, one: str, many: str) -> str:
    return f'{count} {one if count == 1 else many}'
