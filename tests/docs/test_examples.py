"""Every example of every document does what the document says."""

from pathlib import Path

import pytest

from tests.docs.documents import DOCUMENTS, ROOT, TUTORIAL, examples


@pytest.mark.parametrize(
    'path',
    [
        pytest.param(path, id=path.relative_to(ROOT).as_posix())
        for path in DOCUMENTS
        if path != TUTORIAL
    ],
)
@pytest.mark.django_db
def test_examples_do_what_they_say(path: Path) -> None:
    """Code runs from top to bottom, commands print what is shown."""
    for example in examples(path):
        example.evaluate()


def test_there_are_examples() -> None:
    """The test above has something to run."""
    found = {
        path.name: len(list(examples(path)))
        for path in (ROOT / 'README.md', ROOT / 'CONTRIBUTING.md')
    }

    assert all(found.values()), found
