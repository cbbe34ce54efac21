"""Run entries in processes of their own, and give them orders in turn."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from typing import Any, Self

from bench.cases import CASES, REFUSALS, Case, Request, echo, same_answer
from bench.race.entries import ROOT, Entry, Interface
from bench.race.environments import python_of, variables


class WrongAnswerError(Exception):
    """A candidate answers something else than the others."""


class Worker:
    """The process of one entry."""

    def __init__(self, process: subprocess.Popen[str], entry: Entry) -> None:
        self._process = process
        self._entry = entry

    @classmethod
    def start(
        cls,
        entry: Entry,
        interface: Interface,
        environment: dict[str, str],
    ) -> Self:
        """Start a process with the environment of an entry, and more."""
        process = subprocess.Popen(
            [
                str(python_of(entry.candidate)),
                '-m',
                'bench.race.worker',
                entry.candidate,
                interface,
            ],
            cwd=ROOT,
            env=variables({**entry.environment, **environment}),
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        return cls(process, entry)

    def ask(self, request: Request) -> tuple[int, bytes]:
        """Return status and content of the answer to one request."""
        fields = {**asdict(request), 'body': request.body.decode()}
        answer = self._order({'ask': fields})
        return answer['status'], answer['content'].encode()

    def seconds(self, request: Request, size: int) -> float:
        """Return the processor time of one request, from a batch."""
        fields = {**asdict(request), 'body': request.body.decode()}
        answer = self._order({'request': fields, 'size': size})
        seconds: float = answer['seconds']
        return seconds / size

    def stop(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(10)

    def _order(self, order: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + '\n')
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise WrongAnswerError(
                f'{self._entry.name} ended; its error is above',
            )
        found: dict[str, Any] = json.loads(line)
        return found


@contextmanager
def workers(
    chosen: list[Entry],
    interface: Interface,
    **environment: str,
) -> Iterator[dict[str, Worker]]:
    """Start a worker for each entry that has this interface; stop all."""
    with ExitStack() as stack:
        found = {}
        for entry in chosen:
            if interface in entry.interfaces:
                worker = Worker.start(entry, interface, environment)
                stack.callback(worker.stop)
                found[entry.name] = worker
        yield found


def check(name: str, worker: Worker) -> None:
    """Send every request of the race once, and those that are wrong.

    Raises:
        WrongAnswerError: an answer is not what all have to say.
    """
    for case in CASES.values():
        _check_answer(name, worker, case)
        for wrong in case.wrong:
            status, content = worker.ask(wrong)
            if status not in REFUSALS:
                raise WrongAnswerError(
                    f'{name}, {case.name}: {wrong} is wrong and has to be '
                    f'refused, but the answer is {status}: {content[:300]!r}',
                )


def check_echo(name: str, worker: Worker, count: int) -> None:
    """Send a list of that many lines, and compare what comes back.

    Raises:
        WrongAnswerError: something else does.
    """
    request = echo(count)
    answer = json.loads(request.body)
    case = Case(
        name='echo',
        title='echo',
        request=request,
        status=201,
        answer=answer,
    )
    _check_answer(name, worker, case)


def _check_answer(name: str, worker: Worker, case: Case) -> None:
    status, content = worker.ask(case.request)
    if not same_answer(case, status, content):
        raise WrongAnswerError(
            f'{name}, {case.name}: expected {case.status} '
            f'{str(case.answer)[:300]}, the answer is {status} '
            f'{content[:300]!r}',
        )
