"""What a wheel has to say about itself."""

from pathlib import Path

import pytest
from packaging.version import Version

from releasing.metadata import metadata_problems
from releasing.repository import Tag
from tests.release.made_wheels import METADATA, make_wheel

pytestmark = pytest.mark.any_django


def _problems(
    folder: Path,
    name: str = 'dmr-pydantic',
    *,
    requirements: tuple[str, ...] = ('dmr-core>=0.1,<1',),
    metadata: str = METADATA,
) -> list[str]:
    wheel = make_wheel(
        folder,
        name,
        requirements=requirements,
        metadata=metadata,
    )
    tag = Tag(distribution=name, version=Version('0.1.0'))
    return [problem.what for problem in metadata_problems(wheel, tag)]


@pytest.mark.parametrize(
    'requirement',
    [
        'pydantic>=2.12',
        'pydantic!=2.12.3,>=2.12',
        'pydantic[email]>=2.12; extra == "email"',
        'dmr-openapi>=0.3,<1; extra == "documents"',
        'dmr-openapi>=1.3,<2; extra == "documents"',
        'dmr-pydantic[email]; extra == "all"',
    ],
)
def test_requirement_with_a_lower_limit_is_right(
    tmp_path: Path,
    requirement: str,
) -> None:
    """Others have no upper limit, ours the next first number."""
    requirements = ('dmr-core>=0.1,<1', requirement)

    assert [] == _problems(tmp_path, requirements=requirements)


@pytest.mark.parametrize('requirement', ['pydantic', 'pydantic!=2.12.3'])
def test_requirement_without_a_lower_limit_is_wrong(
    tmp_path: Path,
    requirement: str,
) -> None:
    """Somebody has an old version, and would keep it."""
    requirements = ('dmr-core>=0.1,<1', requirement)

    assert [
        f'dmr-pydantic 0.1.0 requires {requirement} without a lower limit.'
    ] == _problems(tmp_path, requirements=requirements)


@pytest.mark.parametrize(
    'requirement',
    [
        'pydantic<3,>=2.12',
        'pydantic<=3,>=2.12',
        'pydantic==3,>=2.12',
        'pydantic>=2.12,~=3.0',
    ],
)
def test_upper_limit_of_others_is_wrong(
    tmp_path: Path,
    requirement: str,
) -> None:
    """Users could not install a new version before we have released."""
    requirements = ('dmr-core>=0.1,<1', requirement)

    assert [
        (
            f'dmr-pydantic 0.1.0 requires {requirement}, '
            'which keeps new versions out.'
        )
    ] == _problems(tmp_path, requirements=requirements)


@pytest.mark.parametrize(
    'requirement',
    [
        'dmr-core',
        'dmr-core>=0.1',
        'dmr-core<0.2,>=0.1',
        'dmr-core<2,>=0.1',
        'dmr-core<1,>=1.1',
    ],
)
def test_other_limits_of_the_core_are_wrong(
    tmp_path: Path,
    requirement: str,
) -> None:
    """What breaks plugins raises the first number, and nothing else does."""
    assert [
        (
            f'dmr-pydantic 0.1.0 requires {requirement}, '
            'which are not the limits of a package of this repository.'
        )
    ] == _problems(tmp_path, requirements=(requirement,))


def test_plugin_requires_the_core(tmp_path: Path) -> None:
    """Alone it cannot even be imported."""
    assert ['dmr-pydantic 0.1.0 does not require dmr-core.'] == _problems(
        tmp_path,
        requirements=('pydantic>=2.12',),
    )


def test_core_requires_no_plugin(tmp_path: Path) -> None:
    """Not even as an extra."""
    requirement = 'dmr-pydantic<1,>=0.1; extra == "pydantic"'

    assert [f'The core requires {requirement}.'] == _problems(
        tmp_path,
        'dmr-core',
        requirements=(requirement,),
    )


@pytest.mark.parametrize(
    ('removed', 'problem'),
    [
        (
            'Classifier: Typing :: Typed\n',
            'dmr-pydantic 0.1.0 lacks Typing :: Typed.',
        ),
        (
            'Requires-Python: >=3.11\n',
            'dmr-pydantic 0.1.0 does not say which Pythons it supports.',
        ),
        (
            'License-File: LICENSE\n',
            'dmr-pydantic 0.1.0 does not say its licence.',
        ),
        (
            'License-Expression: MIT\n',
            'dmr-pydantic 0.1.0 does not say its licence.',
        ),
        (
            'Summary: A part of dmr.\n',
            'dmr-pydantic 0.1.0 has no summary.',
        ),
        (
            'Something to read.\n',
            'dmr-pydantic 0.1.0 has no description in Markdown.',
        ),
        (
            'Description-Content-Type: text/markdown\n',
            'dmr-pydantic 0.1.0 has no description in Markdown.',
        ),
    ],
)
def test_missing_field_is_wrong(
    tmp_path: Path,
    removed: str,
    problem: str,
) -> None:
    """Each field of the template is needed."""
    metadata = METADATA.replace(removed, '')

    assert [problem] == _problems(tmp_path, metadata=metadata)


def test_licence_that_is_not_shipped_is_wrong(tmp_path: Path) -> None:
    """The file is in the wheel, not only in its metadata."""
    metadata = METADATA.replace(
        'License-File: LICENSE\n',
        'License-File: LICENSE\nLicense-File: NOTICE\n',
    )

    assert [
        'dmr-pydantic 0.1.0 does not ship NOTICE, which its metadata name.'
    ] == _problems(tmp_path, metadata=metadata)


def test_relative_link_is_wrong(tmp_path: Path) -> None:
    """The index has no such page."""
    metadata = METADATA + 'See [the guides](docs/index.md), [below](#more).\n'

    assert [
        "'docs/index.md' leads nowhere on the page of the index."
    ] == _problems(tmp_path, metadata=metadata)


def test_invalid_field_is_wrong(tmp_path: Path) -> None:
    """The index would refuse it after the tag was pushed."""
    metadata = METADATA.replace('>=3.11', 'three')

    (problem,) = _problems(tmp_path, metadata=metadata)

    assert problem.startswith('dmr-pydantic 0.1.0 has invalid metadata: ')
    assert 'requires-python' in problem


def test_other_version_than_the_tag_is_wrong(tmp_path: Path) -> None:
    """Whatever a build hook may have done."""
    metadata = METADATA.replace('{version}', '0.1.1')

    assert [
        'The wheel says dmr-pydantic 0.1.1, the tag says dmr-pydantic-v0.1.0.'
    ] == _problems(tmp_path, metadata=metadata)
