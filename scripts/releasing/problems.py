"""What stands in the way of a release, in words that help."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """*what* is wrong, *where*, and the *remedy*."""

    what: str
    where: str
    remedy: str

    def __str__(self) -> str:
        """Return three lines for people."""
        return f'- {self.what}\n  where: {self.where}\n  do: {self.remedy}'


class RefusedError(Exception):
    """Nothing is released, because of *problems*."""

    def __init__(self, *problems: Problem) -> None:
        """Keep all of them: who mends one wants to know about the next."""
        super().__init__('\n'.join(str(problem) for problem in problems))
        self.problems = problems


def refuse_if(problems: Iterable[Problem]) -> None:
    """Raise when there is at least one problem.

    Raises:
        RefusedError: with all of them.
    """
    found = tuple(problems)
    if found:
        raise RefusedError(*found)
