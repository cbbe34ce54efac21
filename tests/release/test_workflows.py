"""The workflows do what the documents say, with as few rights as possible."""

import re
import shlex
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from releasing.commands import read_arguments
from releasing.repository import OWNED_FOLDERS, PLUGINS
from tests.architecture.source import ROOT

pytestmark = pytest.mark.once

WORKFLOWS: Final = ROOT / '.github' / 'workflows'

#: An action, the commit that it is pinned to, and the version of that commit.
_PINNED: Final = re.compile(r'uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$')

#: What commands of a workflow are given by their job.
_VARIABLES: Final = {
    '$GITHUB_REF_NAME': 'dmr-core-v0.2.0',
    '$DISTRIBUTION': 'dmr-pydantic',
}

files = pytest.mark.parametrize('name', ['ci.yml', 'release.yml'])


def _text(name: str) -> str:
    return (WORKFLOWS / name).read_text('utf-8')


def _workflow(name: str) -> Any:
    return yaml.safe_load(_text(name))


def _jobs(name: str) -> dict[str, Any]:
    jobs: dict[str, Any] = _workflow(name)['jobs']
    return jobs


def _commands(name: str) -> list[str]:
    return [
        line
        for job in _jobs(name).values()
        for step in job['steps']
        for line in step.get('run', '').splitlines()
    ]


def _with_values(command: str) -> list[str]:
    for variable, value in _VARIABLES.items():
        command = command.replace(variable, value)
    return shlex.split(command)


def test_every_workflow_is_tested() -> None:
    """A new one is added to these tests."""
    assert {'ci.yml', 'release.yml'} == {
        path.name for path in WORKFLOWS.iterdir()
    }


@files
def test_actions_are_pinned(name: str) -> None:
    """To a commit: a tag of somebody else can move."""
    used = [
        line.strip() for line in _text(name).splitlines() if 'uses:' in line
    ]

    assert used
    assert [] == [
        line for line in used if not _PINNED.match(line.removeprefix('- '))
    ]


@files
def test_commands_exist(name: str) -> None:
    """Scripts are there and understand their arguments."""
    for command in _commands(name):
        match _with_values(command):
            case ['python', 'scripts/release.py', *arguments]:
                assert (ROOT / 'scripts' / 'release.py').is_file()
                assert read_arguments(arguments)
            case ['python', '-m', 'pip', 'install', *packages]:
                assert ['packaging', 'uv'] == packages
            case ['echo', *_arguments]:
                pass
            case [script]:
                assert (ROOT / script).stat().st_mode & 0o111
            case unknown:
                pytest.fail(f'nobody checks {unknown}')


@files
def test_commands_contain_no_expressions(name: str) -> None:
    """Names of branches and tags reach a shell as variables only."""
    assert [] == [command for command in _commands(name) if '${{' in command]


@files
def test_jobs_end(name: str) -> None:
    """Each has a limit of minutes."""
    assert [] == [
        job for job, one in _jobs(name).items() if 'timeout-minutes' not in one
    ]


@files
def test_checkouts_keep_no_credentials(name: str) -> None:
    """Nothing that runs later can push."""
    kept = [
        job
        for job, one in _jobs(name).items()
        for step in one['steps']
        if step.get('uses', '').startswith('actions/checkout@')
        and step.get('with', {}).get('persist-credentials') is not False
    ]

    assert [] == kept


def test_checks_may_only_read() -> None:
    """They run code of pull requests."""
    assert {'contents': 'read'} == _workflow('ci.yml')['permissions']
    assert [] == [
        job for job, one in _jobs('ci.yml').items() if 'permissions' in one
    ]


def test_release_gives_each_job_its_own_rights() -> None:
    """Only the job that publishes can prove who it is."""
    workflow = _workflow('release.yml')

    assert {} == workflow['permissions']
    assert {
        'check': {'contents': 'read'},
        'publish': {'attestations': 'write', 'id-token': 'write'},
    } == {job: one['permissions'] for job, one in workflow['jobs'].items()}


def test_job_that_publishes_runs_nothing_of_ours() -> None:
    """It takes the files that were checked, and only known actions see them."""
    steps = _jobs('release.yml')['publish']['steps']

    assert [
        'actions/download-artifact',
        'actions/attest-build-provenance',
        'pypa/gh-action-pypi-publish',
    ] == [step['uses'].partition('@')[0] for step in steps]
    assert all('run' not in step for step in steps)


def test_every_package_has_an_environment() -> None:
    """Its name is that of the package, and the documents list all of them."""
    publish = _jobs('release.yml')['publish']
    documented = re.findall(
        r'^\| `(dmr-\w+)` \| `(dmr-\w+)` \|$',
        (ROOT / 'docs' / 'releasing.md').read_text('utf-8'),
        re.MULTILINE,
    )

    assert 'check' == publish['needs']
    assert (
        '${{ needs.check.outputs.distribution }}'
        == publish['environment']['name']
    )
    assert [(name, name) for name in OWNED_FOLDERS] == documented


@pytest.mark.parametrize('distribution', OWNED_FOLDERS)
def test_tag_of_a_package_starts_a_release(distribution: str) -> None:
    """One pattern fits them all; the script refuses what is no package."""
    # YAML reads `on` as true.
    (pattern,) = _workflow('release.yml')[True]['push']['tags']

    assert Path(f'{distribution}-v0.2.0').match(pattern)


def test_files_that_were_checked_are_published() -> None:
    """What is uploaded is where the script puts it."""
    upload = _jobs('release.yml')['check']['steps'][-1]
    out = read_arguments(['check', 'dmr-core-v0.2.0']).out

    folder = out.relative_to(ROOT).as_posix()
    assert [f'{folder}/*.tar.gz', f'{folder}/*.whl'] == (
        upload['with']['path'].split()
    )


def test_every_plugin_is_tried_with_the_oldest_core() -> None:
    """On the oldest and on the newest Python."""
    matrix = _jobs('ci.yml')['oldest-core']['strategy']['matrix']

    assert {
        'distribution': list(PLUGINS),
        'python': ['3.11', '3.13'],
    } == matrix
