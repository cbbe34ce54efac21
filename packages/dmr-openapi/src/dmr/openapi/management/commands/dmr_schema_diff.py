"""Show what has changed between two documents."""

import importlib
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dmr.openapi.diff import Change, diff_documents
from dmr.openapi.json_values import is_object


class Command(BaseCommand):
    """``manage.py dmr_schema_diff old.json new.json``."""

    help = (
        'Lists the changes between two OpenAPI documents. '
        'Fails if one of them breaks clients.'
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument('old', metavar='OLD', help='JSON or YAML file.')
        parser.add_argument('new', metavar='NEW', help='JSON or YAML file.')

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the command.

        Raises:
            CommandError: when a change breaks clients, or a file is no
                document.
        """
        changes = diff_documents(
            _read(Path(options['old'])),
            _read(Path(options['new'])),
        )
        breaking = [change for change in changes if change.breaking]
        compatible = [change for change in changes if not change.breaking]
        self._list('Breaking', breaking)
        self._list('Compatible', compatible)
        if not changes:
            self.stdout.write('No changes.')
        if breaking:
            raise CommandError(
                f'{len(breaking)} breaking of {len(changes)} changes.',
            )

    def _list(self, title: str, changes: list[Change]) -> None:
        if not changes:
            return
        self.stdout.write(f'{title}:')
        for change in changes:
            self.stdout.write(f'  {change.pointer}: {change.message}')


def _read(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding='utf-8')
        document: Any = (
            _load_yaml(text)
            if path.suffix in {'.yaml', '.yml'}
            else json.loads(text)
        )
    except (OSError, ValueError) as exc:
        raise CommandError(f'Cannot read {path}: {exc}.') from exc
    if not is_object(document) or 'openapi' not in document:
        raise CommandError(f'{path} is no OpenAPI document.')
    return document


def _load_yaml(text: str) -> Any:
    try:
        # pyyaml is optional, and JSON must work without it.
        yaml = importlib.import_module('yaml')
    except ImportError as exc:
        raise CommandError(
            "YAML needs pyyaml. Run `pip install 'dmr-openapi[yaml]'`.",
        ) from exc
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as exc:
        raise ValueError(str(exc)) from exc
