"""What is refused before anything is built."""

from pathlib import Path
from typing import Final

import pytest

from tests.release.clones import Clone

pytestmark = [pytest.mark.packaging, pytest.mark.slow]

_CHANGELOG: Final = 'packages/dmr-core/CHANGELOG.md'

_REFUSED: Final = 'Refused, nothing was published.\n'


def _refusal(clone: Clone, tag: str, index: Path) -> str:
    code, _output, errors = clone.release('check', tag, '--index', index)
    assert 1 == code
    return errors.removeprefix(_REFUSED)


@pytest.mark.parametrize('tag', ['dmr-cbor-v0.1.0', 'v0.1.0', 'dmr-core'])
def test_tag_of_no_package_is_refused(
    origin: Clone,
    nothing_published: Path,
    tag: str,
) -> None:
    """It says how tags are named."""
    assert (
        f'- No package of this repository belongs to {tag!r}.\n'
        '  where: the name of the tag\n'
        '  do: Name it PACKAGE-vVERSION, with one of dmr-core, dmr-pydantic, '
        'dmr-msgspec, dmr-openapi, dmr-testing: dmr-core-v0.2.0.\n'
    ) == _refusal(origin, tag, nothing_published)


@pytest.mark.parametrize('version', ['0.2', '0.2.0-rc1', '0.2.0.dev', 'new'])
def test_odd_version_is_refused(
    origin: Clone,
    nothing_published: Path,
    version: str,
) -> None:
    """The tag is written as the index writes the version."""
    assert (
        f'- {version!r} is not a version in its normal form.\n'
        '  where: the name of the tag\n'
        '  do: Write three numbers: 0.2.0, or 0.2.0rc1.\n'
    ) == _refusal(origin, f'dmr-core-v{version}', nothing_published)


def test_other_version_than_the_package_is_refused(
    origin: Clone,
    nothing_published: Path,
) -> None:
    """The version and its changelog are missing, both are said."""
    assert (
        '- The tag says 0.2.0, the package says 0.1.0.\n'
        '  where: packages/dmr-core/pyproject.toml\n'
        '  do: Raise the version: hatch run release prepare dmr-core 0.2.0\n'
        '- The changelog has no section for 0.2.0.\n'
        '  where: packages/dmr-core/CHANGELOG.md\n'
        '  do: Cut it: hatch run release prepare dmr-core 0.2.0\n'
    ) == _refusal(origin, 'dmr-core-v0.2.0', nothing_published)


def test_uncommitted_work_is_refused(
    clone: Clone,
    nothing_published: Path,
) -> None:
    """What is published is what the tag has."""
    (clone.root / 'notes.txt').write_text('Not in git.\n')

    assert (
        '- Not everything is committed: ?? notes.txt.\n'
        '  where: the working tree\n'
        '  do: Commit it, or put it away with git stash.\n'
    ) == _refusal(clone, 'dmr-core-v0.1.0', nothing_published)


def test_tag_on_another_commit_is_refused(
    clone: Clone,
    nothing_published: Path,
) -> None:
    """Who checks a release looks at what will be published."""
    (clone.root / 'notes.txt').write_text('Later.\n')
    clone.commit()

    refusal = _refusal(clone, 'dmr-core-v0.1.0', nothing_published)

    assert refusal.startswith(
        '- The tag dmr-core-v0.1.0 exists and is not this commit.\n',
    )


def test_published_version_is_refused(
    origin: Clone,
    nothing_published: Path,
) -> None:
    """It can be yanked, but never be replaced."""
    (nothing_published / 'dmr_core-0.1.0-py3-none-any.whl').touch()

    assert (
        '- dmr-core 0.1.0 is published already.\n'
        '  where: the index\n'
        '  do: Raise the version. If the release is bad, yank it.\n'
    ) == _refusal(origin, 'dmr-core-v0.1.0', nothing_published)


def test_preparing_sets_version_and_changelog(clone: Clone) -> None:
    """It is all that a release needs in the sources."""
    clone.edit(_CHANGELOG, r'## \[Unreleased\]\n', r'\g<0>\n- News.\n')

    code, output, _errors = clone.release(
        'prepare', 'dmr-core', '0.2.0', '--date', '2026-02-01'
    )

    assert (0, (
        'dmr-core is 0.2.0 now. Read its changelog, commit it, '
        'then: hatch run release check dmr-core-v0.2.0\n'
    )) == (code, output)  # fmt: skip
    assert (clone.root / _CHANGELOG).read_text('utf-8') == (
        '# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2026-02-01\n\n'
        '- News.\n\n## [0.1.0] - 2026-01-01\n\n### Added\n\n- All.\n'
    )
    project = clone.root / 'packages/dmr-core/pyproject.toml'
    assert '\nversion = "0.2.0"\n' in project.read_text('utf-8')


@pytest.mark.parametrize(
    ('version', 'message'),
    [
        ('0.2.0', '- There is nothing to release.\n'),
        ('0.1.0', '- dmr-core is at 0.1.0 already.\n'),
        ('0.0.9', '- dmr-core is at 0.1.0 already.\n'),
    ],
)
def test_preparing_nothing_new_is_refused(
    clone: Clone,
    version: str,
    message: str,
) -> None:
    """A version without changes, or a lower one, helps nobody."""
    code, _output, errors = clone.release('prepare', 'dmr-core', version)

    assert 1 == code
    assert errors.startswith(_REFUSED + message)
