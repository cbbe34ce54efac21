"""Say what to install when a part of `dmr` is imported that is not there.

The parts of `dmr` come in several distributions. Python asks this finder last,
after every place where the part could be.
"""

import sys
from collections.abc import Mapping, Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Final

#: Part of `dmr` → the distribution that brings it. A plugin is called after
#: its part: ``dmr.plugins.example`` comes with ``dmr-example``.
_DISTRIBUTIONS: Final[Mapping[str, str]] = {
    'dmr.openapi': 'dmr-openapi',
    'dmr.test': 'dmr-testing',
}
_PLUGINS: Final = 'dmr.plugins.'


class MissingParts:
    """Finds nothing, and explains why for parts of `dmr`."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        """Return None: whoever asks this finder found nothing before.

        Raises:
            ModuleNotFoundError: a distribution is missing.
        """
        distribution = _distribution(fullname)
        if distribution is None or not _is_everywhere(fullname, path):
            return None
        raise ModuleNotFoundError(
            f'No module named {fullname!r}. It comes with {distribution}: '
            f'run `pip install {distribution}`.',
            name=fullname,
        )


def explain_missing_parts() -> None:
    """Let imports of missing parts say what to install, from now on."""
    if not any(isinstance(finder, MissingParts) for finder in sys.meta_path):
        sys.meta_path.append(MissingParts())


def _is_everywhere(module: str, path: Sequence[str] | None) -> bool:
    """Tell whether *path* has all places where *module* could be.

    Pytest asks each finder about one place, and knows another way afterwards.
    """
    package = sys.modules.get(module.rpartition('.')[0])
    return [*(path or ())] == [*getattr(package, '__path__', ())]


def _distribution(module: str) -> str | None:
    plugin = module.removeprefix(_PLUGINS)
    if plugin != module and '.' not in plugin:
        return f'dmr-{plugin}'
    return _DISTRIBUTIONS.get(module)
