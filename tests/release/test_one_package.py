"""A package is released alone: real builds, a folder of wheels as the index."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from releasing.environments import uv_program
from tests.release.clones import Clone, clone_of

pytestmark = [
    pytest.mark.packaging,
    pytest.mark.slow,
    # Each of them builds, and most install and test wheels.
    pytest.mark.timeout(300),
]

_REFUSED: Final = 'Refused, nothing was published.\n'

#: Every name is there, and no plugin can be used.
_BREAK: Final = """

def _refuse(cls: type) -> None:
    if cls.__module__.startswith('dmr.plugins'):
        raise TypeError('Plugins are gone.')


BaseSerializer.__init_subclass__ = classmethod(_refuse)
"""

Resolve = Callable[..., tuple[int, str]]


@pytest.fixture
def resolve(published: Path) -> Resolve:
    """Return a function that asks an installer what it would install.

    Of ours it knows what is published, of others what it finds anywhere.
    """
    configuration = published / 'uv.toml'
    configuration.write_text(
        f'[[index]]\nname = "ours"\nurl = "{published.as_uri()}"\n'
        'format = "flat"\n',
    )

    def resolved(*requirements: str) -> tuple[int, str]:
        finished = subprocess.run(
            [
                *(uv_program(), 'pip', 'compile', '--quiet', '--no-header'),
                *('--no-annotate', '--config-file', configuration, '-'),
            ],
            input='\n'.join(requirements),
            capture_output=True,
            check=False,
            encoding='utf-8',
        )
        ours = [
            line
            for line in finished.stdout.splitlines()
            if line.startswith('dmr-')
        ]
        # Messages are wrapped.
        message = ' '.join(finished.stderr.split())
        return finished.returncode, '\n'.join(ours) or message

    return resolved


@pytest.fixture(scope='session')
def second_core(
    origin: Clone,
    first_wheels: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[int, str, str, Path]:
    """Release core 0.2.0, with a plugin published at 0.1.0.

    Returns how that ended, and the folder with what was built.
    """
    folder = tmp_path_factory.mktemp('second')
    clone = clone_of(origin, folder / 'clone')
    clone.prepare('dmr-core', '0.2.0')
    clone.commit()
    published = folder / 'published'
    published.mkdir()
    for name in ('core', 'pydantic'):
        _publish(first_wheels, f'dmr_{name}-0.1.0', published)
    result = clone.release(
        *('check', 'dmr-core-v0.2.0'),
        *('--index', published, '--out', folder / 'built'),
    )
    return *result, folder / 'built'


def _publish(folder: Path, stem: str, published: Path) -> None:
    (wheel,) = folder.glob(f'{stem}-*.whl')
    shutil.copy(wheel, published)


def _keep_only(published: Path, *names: str) -> None:
    for wheel in published.glob('*.whl'):
        if not wheel.name.startswith(names):
            wheel.unlink()


def _lines(output: str, start: str) -> list[str]:
    return [
        line.removeprefix(start)
        for line in output.splitlines()
        if line.startswith(start)
    ]


def test_core_is_released_with_plugins_left_alone(
    second_core: tuple[int, str, str, Path],
) -> None:
    """It is tried alone and with the published plugin, old and new."""
    code, output, errors, _built = second_core

    assert (0, '') == (code, errors)
    assert [
        'dmr-core 0.2.0, highest resolution',
        'dmr-core 0.2.0 and dmr-pydantic 0.1.0, highest resolution',
        'dmr-core 0.2.0, lowest-direct resolution',
        'dmr-core 0.2.0 and dmr-pydantic 0.1.0, lowest-direct resolution',
    ] == _lines(output, 'passed: ')


def test_sdist_and_wheel_are_left_for_publishing(
    second_core: tuple[int, str, str, Path],
) -> None:
    """Nothing else is in the folder, and nothing is published."""
    *_result, built = second_core

    assert {'dmr_core-0.2.0.tar.gz', 'dmr_core-0.2.0-py3-none-any.whl'} == {
        path.name for path in built.iterdir() if path.name != '.gitignore'
    }


def test_installers_take_the_new_core_for_old_plugins(
    second_core: tuple[int, str, str, Path],
    published: Path,
    resolve: Resolve,
) -> None:
    """Nobody waits for a new version of a plugin."""
    _publish(second_core[-1], 'dmr_core-0.2.0', published)

    expected = 'dmr-core==0.2.0\ndmr-msgspec==0.1.0\ndmr-pydantic==0.1.0'
    assert (0, expected) == resolve('dmr-core', 'dmr-pydantic', 'dmr-msgspec')


def test_plugin_is_released_alone(clone: Clone, published: Path) -> None:
    """It is tried with the newest core, the oldest one, and all others."""
    clone.prepare('dmr-pydantic', '0.1.1')
    clone.commit()

    code, output, errors = clone.release(
        'check', 'dmr-pydantic-v0.1.1', '--index', published
    )

    assert (0, '') == (code, errors)
    everything = (
        'dmr-core 0.1.0, dmr-pydantic 0.1.1, dmr-msgspec 0.1.0, '
        'dmr-openapi 0.1.0, dmr-testing 0.1.0'
    )
    assert [
        'dmr-core 0.1.0 and dmr-pydantic 0.1.1, highest resolution',
        f'{everything}, highest resolution',
        'dmr-core 0.1.0 and dmr-pydantic 0.1.1, lowest-direct resolution',
    ] == _lines(output, 'passed: ')


def test_plugin_that_needs_a_newer_core_is_refused(
    clone: Clone,
    published: Path,
) -> None:
    """The core is released first."""
    clone.prepare('dmr-pydantic', '0.2.0')
    clone.edit(
        'packages/dmr-pydantic/pyproject.toml',
        'dmr-core>=0.1,<1',
        'dmr-core>=0.2,<1',
    )
    clone.commit()

    code, _output, errors = clone.release(
        'check', 'dmr-pydantic-v0.2.0', '--index', published
    )

    assert (1, _REFUSED + (
        '- dmr-pydantic 0.2.0 requires dmr-core<1,>=0.2, but of dmr-core is '
        'published: 0.1.0.\n'
        '  where: packages/dmr-pydantic/pyproject.toml\n'
        '  do: Release dmr-core first, or lower the requirement if '
        'dmr-pydantic works with an older one.\n'
    )) == (code, errors)  # fmt: skip


def test_limit_that_is_too_low_is_refused(
    clone: Clone,
    published: Path,
    second_core: tuple[int, str, str, Path],
) -> None:
    """A name that only the newer core has raises the lower limit."""
    _publish(second_core[-1], 'dmr_core-0.2.0', published)
    clone.prepare('dmr-pydantic', '0.2.0')
    clone.edit(
        'packages/dmr-pydantic/src/dmr/plugins/pydantic/fast.py',
        r'\A("""[^"]*""")',
        r'\1\n\nfrom dmr.serializer import Brand, BaseSerializer',
    )
    clone.commit()

    code, _output, errors = clone.release(
        'check', 'dmr-pydantic-v0.2.0', '--index', published
    )

    assert 1 == code
    assert (
        '- dmr-pydantic 0.2.0 imports dmr.serializer.Brand, which dmr-core '
        '0.1.0 does not have, but is accepted.\n'
        '  where: packages/dmr-pydantic/pyproject.toml\n'
        '  do: Raise the lower limit of dmr-core to the version that has it; '
        'release that one first.\n'
    ) in errors


def test_contract_break_is_refused(clone: Clone, published: Path) -> None:
    """Published plugins accept the core, so it has to support them."""
    _support_only_version_2(clone)
    clone.prepare('dmr-core', '0.2.0')
    clone.commit()

    code, _output, errors = clone.release(
        'check', 'dmr-core-v0.2.0', '--index', published
    )

    message = (
        '- {0} 0.1.0 needs version 1 of the plugin contract, which dmr-core '
        '0.2.0 does not support. It is published and accepts it: '
        'dmr-core<1,>=0.1.\n'
        '  where: packages/dmr-core/src\n'
        '  do: Keep it beside what is new, or, because it breaks plugins, '
        'release dmr-core 1.0.0.\n'
    )
    refused = ''.join(
        message.format(name) for name in ('dmr-pydantic', 'dmr-msgspec')
    )
    assert (1, _REFUSED + refused) == (code, errors)


def test_missing_name_is_refused(clone: Clone, published: Path) -> None:
    """Whatever a published plugin imports stays, public or not."""
    clone.edit(
        'packages/dmr-core/src/dmr/exceptions.py',
        r'^class DataParsingError\b',
        'class ParsingError',
    )
    clone.prepare('dmr-core', '0.2.0')
    clone.commit()

    code, _output, errors = clone.release(
        'check', 'dmr-core-v0.2.0', '--index', published
    )

    assert 1 == code
    assert (
        '- dmr-pydantic 0.1.0 imports dmr.exceptions.DataParsingError, which '
        'dmr-core 0.2.0 does not have. It is published and accepts it: '
        'dmr-core<1,>=0.1.\n'
    ) in errors


def test_changed_behaviour_is_refused(clone: Clone, published: Path) -> None:
    """The tests of a published plugin find it, as they were at its release."""
    _keep_only(published, 'dmr_core', 'dmr_pydantic')
    clone.edit('packages/dmr-core/src/dmr/serializer.py', r'\Z', _BREAK)
    (clone.root / 'tests/isolated/test_pydantic.py').write_text('')
    clone.prepare('dmr-core', '0.2.0')
    clone.commit()

    code, output, errors = clone.release(
        'check', 'dmr-core-v0.2.0', '--index', published
    )

    together = 'dmr-core 0.2.0 and dmr-pydantic 0.1.0'
    assert 1 == code
    assert [
        f'{together}, highest resolution',
        f'{together}, lowest-direct resolution',
    ] == _lines(output, 'failed: ')
    assert f'- The tests fail: {together}, highest resolution.\n' in errors
    assert 'TypeError: Plugins are gone.' in errors


def test_break_with_a_new_first_number_leaves_plugins_behind(
    clone: Clone,
    published: Path,
    resolve: Resolve,
) -> None:
    """It is allowed, said, and installers keep the old core for them."""
    _keep_only(published, 'dmr_core', 'dmr_pydantic')
    _support_only_version_2(clone)
    clone.prepare('dmr-core', '1.0.0')
    clone.commit()

    code, output, errors = clone.release(
        *('check', 'dmr-core-v1.0.0', '--index', published),
        *('--out', published),
    )

    assert (0, '') == (code, errors)
    left_behind = (
        'dmr-pydantic 0.1.0 does not accept dmr-core 1.0.0, who uses it stays '
        'with an older core: dmr-core<1,>=0.1'
    )
    assert [
        left_behind,
        'dmr-msgspec is not published yet',
        'dmr-openapi is not published yet',
        'dmr-testing is not published yet',
    ] == _lines(output, 'note: ')
    assert (0, 'dmr-core==0.1.0\ndmr-pydantic==0.1.0') == resolve(
        'dmr-core', 'dmr-pydantic'
    )
    code, message = resolve('dmr-core>=1', 'dmr-pydantic')
    assert 1 == code
    assert 'dmr-pydantic depend on dmr-core<1' in message


def test_path_of_another_package_is_refused(
    clone: Clone,
    published: Path,
) -> None:
    """Two wheels with one path cannot be uninstalled one by one."""
    stray = 'packages/dmr-core/src/dmr/openapi/build.py'
    (clone.root / stray).parent.mkdir()
    (clone.root / stray).write_text('"""In the wrong package."""\n')
    clone.prepare('dmr-core', '0.2.0')
    clone.commit()

    code, _output, errors = clone.release(
        'check', 'dmr-core-v0.2.0', '--index', published
    )

    assert (1, _REFUSED + (
        '- dmr-core 0.2.0 and dmr-openapi 0.1.0 both ship '
        'dmr/openapi/build.py.\n'
        '  where: dmr_core-0.2.0-py3-none-any.whl\n'
        '  do: Keep each file in one of the two packages.\n'
        '- dmr-core 0.2.0 ships dmr/openapi/build.py, which belongs to '
        'dmr-openapi.\n'
        '  where: dmr_core-0.2.0-py3-none-any.whl\n'
        '  do: Move it to a folder of this package: dmr.\n'
    )) == (code, errors)  # fmt: skip


@pytest.mark.parametrize(
    ('distribution', 'pattern', 'lost'),
    [
        (
            'dmr-core',
            '*.mo',
            'dmr/locale/de/LC_MESSAGES/django.mo',
        ),
        (
            'dmr-openapi',
            'templates',
            'dmr/openapi/templates/dmr/page.html',
        ),
    ],
)
def test_sdist_that_lacks_a_file_is_refused(
    clone: Clone,
    published: Path,
    *,
    distribution: str,
    pattern: str,
    lost: str,
) -> None:
    """Who builds from it would have a wheel without translations or pages."""
    clone.edit(
        f'packages/{distribution}/pyproject.toml',
        r'^include = .*$',
        rf'\g<0>\nexclude = ["{pattern}"]',
    )
    clone.prepare(distribution, '0.2.0')
    clone.commit()

    code, _output, errors = clone.release(
        'check', f'{distribution}-v0.2.0', '--index', published
    )

    file = f'{distribution.replace("-", "_")}-0.2.0.tar.gz'
    assert 1 == code
    assert f'- {file} lacks src/{lost}' in errors
    assert f'- {distribution} 0.2.0 lacks {lost}' in errors


def test_plugins_pass_with_the_oldest_core(
    clone: Clone,
    published: Path,
    second_core: tuple[int, str, str, Path],
) -> None:
    """What a matrix job runs for each plugin as it is in the tree."""
    _publish(second_core[-1], 'dmr_core-0.2.0', published)

    code, output, errors = clone.release(
        'oldest-core', 'dmr-msgspec', '--index', published
    )

    assert (0, '') == (code, errors)
    assert [
        'dmr-core 0.1.0 and dmr-msgspec 0.1.0, lowest-direct resolution',
    ] == _lines(output, 'passed: ')


def _support_only_version_2(clone: Clone) -> None:
    # A real one would come with another `dmr_plugin_api` of the core's own.
    for path in clone.root.glob('packages/dmr-core/src/dmr/**/*.py'):
        text = path.read_text('utf-8')
        path.write_text(
            text.replace(
                'SUPPORTED_PLUGIN_API: Final = frozenset((1,))',
                'SUPPORTED_PLUGIN_API: Final = frozenset((2,))',
            ).replace(
                'dmr_plugin_api: ClassVar[int] = 1',
                'dmr_plugin_api: ClassVar[int] = 2',
            ),
            'utf-8',
        )
