"""Copy the assets of the documentation pages out of their npm packages.

Run it to update them, after changing a version below. It needs ``npm``::

    python packages/dmr-openapi/scripts/vendor_assets.py

What was copied is recorded in ``vendored.json`` beside the files: package,
version, licence, integrity of the package as npm has it, SHA-256 of each file.
With ``--check`` nothing is copied, and files that differ from the record are
reported.
"""

import argparse
import base64
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

STATIC: Final = (
    Path(__file__).parent.parent / 'src' / 'dmr' / 'openapi' / 'static' / 'dmr'
)
RECORD: Final = STATIC / 'vendored.json'

#: Django's manifest storage fails on maps that are not there.
_SOURCE_MAP: Final = re.compile(
    rb'\s*(?://[#@]\s*sourceMappingURL=\S+|'
    rb'/\*[#@]\s*sourceMappingURL=[^*]*\*/)\s*$',
)

#: Pictures that a page would load from somewhere else → an empty picture.
_REPLACEMENTS: Final = {
    b'https://cdn.redoc.ly/redoc/logo-mini.svg': (
        b'data:image/gif;base64,'
        b'R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=='
    ),
}

#: For packages that name the licence but do not have its text.
_MIT: Final = """\
MIT License

Copyright (c) {author}

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """One npm package, and which of its files a page needs."""

    tool: str
    name: str
    version: str
    #: Path in the package → file name here.
    files: dict[str, str]


PACKAGES: Final = (
    Package(
        tool='swagger',
        name='swagger-ui-dist',
        version='5.35.0',
        files={
            'swagger-ui.css': 'swagger-ui.css',
            'swagger-ui-bundle.js': 'swagger-ui-bundle.js',
            'swagger-ui-standalone-preset.js': (
                'swagger-ui-standalone-preset.js'
            ),
            'oauth2-redirect.html': 'oauth2-redirect.html',
            'oauth2-redirect.js': 'oauth2-redirect.js',
            'LICENSE': 'LICENSE',
            'NOTICE': 'NOTICE',
            'swagger-ui-bundle.js.LICENSE.txt': (
                'swagger-ui-bundle.js.LICENSE.txt'
            ),
            'swagger-ui-standalone-preset.js.LICENSE.txt': (
                'swagger-ui-standalone-preset.js.LICENSE.txt'
            ),
        },
    ),
    Package(
        tool='redoc',
        name='redoc',
        # Version 3 is an ES module, which pages cannot start without
        # inline code or a second copy of the URL.
        version='2.5.4',
        files={
            'bundles/redoc.standalone.js': 'redoc.standalone.js',
            'LICENSE': 'LICENSE',
            'bundles/redoc.standalone.js.LICENSE.txt': (
                'redoc.standalone.js.LICENSE.txt'
            ),
        },
    ),
    Package(
        tool='scalar',
        name='@scalar/api-reference',
        version='1.72.1',
        files={'dist/browser/standalone.js': 'standalone.js'},
    ),
    Package(
        tool='stoplight',
        name='@stoplight/elements',
        version='9.0.25',
        files={
            'web-components.min.js': 'web-components.min.js',
            'styles.min.css': 'styles.min.css',
            'LICENSE': 'LICENSE',
            'web-components.min.js.LICENSE.txt': (
                'web-components.min.js.LICENSE.txt'
            ),
        },
    ),
)


def main() -> int:
    """Update or check the assets, return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--check', action='store_true')
    if parser.parse_args().check:
        return check()
    update()
    return 0


def update() -> None:
    """Copy all files and write the record."""
    record = {package.tool: vendor(package) for package in PACKAGES}
    RECORD.write_text(json.dumps(record, indent=2) + '\n', encoding='utf-8')


def check() -> int:
    """Report files that differ from the record, return how many."""
    record = json.loads(RECORD.read_text(encoding='utf-8'))
    wrong = [
        f'{tool}/{name}'
        for tool, package in record.items()
        for name, expected in package['files'].items()
        if sha256((STATIC / tool / name).read_bytes()) != expected
    ]
    for name in wrong:
        sys.stderr.write(f'{name} differs from vendored.json\n')
    return len(wrong)


def vendor(package: Package) -> dict[str, Any]:
    """Copy the files of one package, return what is to be recorded."""
    with tempfile.TemporaryDirectory() as folder:
        tarball = fetch(package, Path(folder))
        integrity = base64.b64encode(
            hashlib.sha512(tarball.read_bytes()).digest(),
        )
        with tarfile.open(tarball) as archive:
            manifest = json.loads(read(archive, 'package.json'))
            hashes = {
                target: copy(archive, source, STATIC / package.tool / target)
                for source, target in package.files.items()
                if f'package/{source}' in archive.getnames()
            }
    if 'LICENSE' not in hashes:
        hashes['LICENSE'] = write_licence(package, manifest)
    return {
        'package': package.name,
        'version': package.version,
        'licence': manifest['license'],
        'integrity': f'sha512-{integrity.decode()}',
        'files': hashes,
    }


def fetch(package: Package, folder: Path) -> Path:
    """Download a package with npm, which verifies it."""
    subprocess.run(  # noqa: S603 - fixed arguments
        [  # noqa: S607 - npm of the developer
            'npm',
            'pack',
            '--silent',
            f'--pack-destination={folder}',
            f'{package.name}@{package.version}',
        ],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return next(folder.glob('*.tgz'))


def copy(archive: tarfile.TarFile, source: str, target: Path) -> str:
    """Copy one file, return its SHA-256."""
    content = read(archive, source)
    if target.suffix in {'.css', '.js'}:
        content = _SOURCE_MAP.sub(b'', content) + b'\n'
        for remote, local in _REPLACEMENTS.items():
            content = content.replace(remote, local)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return sha256(content)


def write_licence(package: Package, manifest: dict[str, Any]) -> str:
    """Write the licence that the package names, return its SHA-256."""
    if manifest['license'] != 'MIT':
        raise ValueError(f'{package.name} has no text of its licence')
    author = manifest['author']
    name = author if isinstance(author, str) else author['name']
    text = _MIT.format(author=name).encode()
    (STATIC / package.tool / 'LICENSE').write_bytes(text)
    return sha256(text)


def read(archive: tarfile.TarFile, name: str) -> bytes:
    """Return the content of one file of a package."""
    member = archive.extractfile(f'package/{name}')
    if member is None:
        raise FileNotFoundError(name)
    return member.read()


def sha256(content: bytes) -> str:
    """Return the SHA-256 of *content* in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


if __name__ == '__main__':
    sys.exit(main())
