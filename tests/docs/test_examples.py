"""Every example of every document does what the document says."""

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from tests.docs.documents import (
    DOCUMENTS,
    PLUGIN_TUTORIAL,
    ROOT,
    TUTORIAL,
    examples,
)


@pytest.mark.parametrize(
    'path',
    [
        pytest.param(path, id=path.relative_to(ROOT).as_posix())
        for path in DOCUMENTS
        if path not in {TUTORIAL, PLUGIN_TUTORIAL}
    ],
)
@pytest.mark.django_db(transaction=True)
async def test_examples_do_what_they_say(
    path: Path,
    request: pytest.FixtureRequest,
    settings: Any,
) -> None:
    """Code runs from top to bottom, commands print what is shown.

    Tests that a document shows are run as well, in its own URLs.
    """
    namespace: dict[str, Any] = {}
    for example in examples(path):
        await sync_to_async(example.evaluate)()
        namespace = example.namespace
    # Fixtures that tests ask for end before this one does, and so do settings
    # that they override.
    settings.ROOT_URLCONF = namespace.get('__name__', 'tests.urls')
    for test in _tests(namespace):
        await _run(test, request)


def _tests(namespace: dict[str, Any]) -> list[Callable[..., Any]]:
    return [
        found
        for name, found in namespace.items()
        if name.startswith('test_') and not _needs_plugin(found)
    ]


def _needs_plugin(test: Callable[..., Any]) -> bool:
    # Schemathesis makes many tests of one, its plugin collects them.
    return 'case' in inspect.signature(test).parameters


async def _run(
    test: Callable[..., Any],
    request: pytest.FixtureRequest,
) -> None:
    fixtures = {
        name: request.getfixturevalue(name)
        for name in inspect.signature(test).parameters
    }
    if inspect.iscoroutinefunction(test):
        await test(**fixtures)
    else:
        await sync_to_async(test)(**fixtures)


def test_there_are_examples() -> None:
    """The test above has something to run."""
    found = {
        path.name: len(list(examples(path)))
        for path in (ROOT / 'README.md', ROOT / 'CONTRIBUTING.md')
    }

    assert all(found.values()), found
