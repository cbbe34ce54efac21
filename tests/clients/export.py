"""Print the documents of an example project: version → document.

Tests run it in a process of its own, because Django has one configuration.
Arguments are the settings, the router as ``module:name``, and the versions.
"""

import importlib
import json
import os
import sys
from dataclasses import replace

import django


def main(settings: str, router: str, versions: list[str]) -> None:
    """Print one JSON object."""
    os.environ['DJANGO_SETTINGS_MODULE'] = settings
    django.setup()
    # Needs the settings.
    from dmr.openapi import build_schema, default_config  # noqa: PLC0415

    module, _, name = router.partition(':')
    found = getattr(importlib.import_module(module), name)
    documents = {
        version: build_schema(
            found,
            config=replace(default_config(), openapi_version=version),
        ).convert()
        for version in versions
    }
    print(json.dumps(documents))


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
