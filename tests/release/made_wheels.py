"""Wheels of a few files, for rules that look at one thing."""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from releasing.wheels import Wheel

#: What a release needs, in the order of a real one.
METADATA: Final = """\
Metadata-Version: 2.4
Name: {name}
Version: {version}
Summary: A part of dmr.
License-Expression: MIT
License-File: LICENSE
Classifier: Framework :: Django
Classifier: Typing :: Typed
Requires-Python: >=3.11
{requirements}Description-Content-Type: text/markdown

Something to read.
"""


def make_wheel(
    folder: Path,
    name: str,
    files: Mapping[str, str] | None = None,
    *,
    version: str = '0.1.0',
    requirements: tuple[str, ...] = (),
    metadata: str = METADATA,
) -> Wheel:
    """Write a wheel with these files, a licence and metadata."""
    stem = f'{name.replace("-", "_")}-{version}'
    path = folder / f'{stem}-py3-none-any.whl'
    text = metadata.format(
        name=name,
        version=version,
        requirements=''.join(f'Requires-Dist: {one}\n' for one in requirements),
    )
    with zipfile.ZipFile(path, 'w') as archive:
        archive.writestr(f'{stem}.dist-info/METADATA', text)
        archive.writestr(f'{stem}.dist-info/licenses/LICENSE', 'MIT')
        for file, content in (files or {}).items():
            archive.writestr(file, content)
    return Wheel(path=path)
