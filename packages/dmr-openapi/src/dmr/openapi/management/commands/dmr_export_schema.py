"""Write a document to standard output, or compare it with a file."""

import importlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string

from dmr.openapi.dump import json_dump
from dmr.openapi.exceptions import DocumentError
from dmr.openapi.validation import can_validate, validate_document


class Command(BaseCommand):
    """``manage.py dmr_export_schema project.urls:schema > openapi.json``."""

    help = 'Exports an OpenAPI document.'

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            'schema',
            help='Where the document is: `module:attribute`.',
        )
        parser.add_argument(
            '--format',
            choices=('json', 'yaml'),
            default='json',
            help='Format of the output, JSON by default.',
        )
        parser.add_argument(
            '--indent',
            type=int,
            default=0,
            help='Spaces of each level, 0 by default.',
        )
        parser.add_argument(
            '--sort-keys',
            action='store_true',
            help='Sort the keys of JSON. YAML always has them sorted.',
        )
        parser.add_argument(
            '--no-ensure-ascii',
            action='store_true',
            help='Write other than ASCII characters as they are.',
        )
        parser.add_argument(
            '--check',
            metavar='FILE',
            help='Write nothing, fail if FILE is not the current document.',
        )
        parser.add_argument(
            '--skip-validation',
            action='store_true',
            help='Do not validate the document.',
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the command.

        Raises:
            ImportError: when there is no such document.
            AttributeError: when it is something else.
            CommandError: when it is invalid or differs from the file.
        """
        converted = _convert(_find(options['schema']))
        if not options['skip_validation']:
            self._validate(converted)
        text = _dump(converted, options)
        if options['check'] is None:
            self.stdout.write(text)
        else:
            self._compare(Path(options['check']), text)

    def _validate(self, converted: dict[str, Any]) -> None:
        if not can_validate():
            self.stderr.write(
                'The document is not validated. Run '
                "`pip install 'dmr-openapi[validation]'`, or pass "
                '--skip-validation.',
            )
            return
        validate_document(converted)

    def _compare(self, path: Path, text: str) -> None:
        try:
            committed = path.read_text(encoding='utf-8')
        except OSError as exc:
            raise CommandError(f'Cannot read {path}: {exc}.') from exc
        if committed.rstrip('\n') != text.rstrip('\n'):
            raise CommandError(
                f'{path} is not the current document. '
                'Run this command again without --check and commit what it '
                'writes. `dmr_schema_diff` shows what has changed.',
            )
        self.stdout.write(f'{path} is the current document.')


def _find(path: str) -> Any:
    """Return what *path* names, ``module:attribute`` or ``module.attribute``.

    Raises:
        ImportError: when there is no such thing.
    """
    if ':' not in path:
        return import_string(path)
    module_name, _, attribute = path.partition(':')
    module = importlib.import_module(module_name)
    try:
        return getattr(module, attribute)
    except AttributeError as exc:
        raise ImportError(
            f'Module {module_name!r} has no attribute {attribute!r}. '
            'Name the document that `build_schema` returned.',
        ) from exc


def _convert(source: Any) -> dict[str, Any]:
    try:
        document: Any = source() if callable(source) else source
        converted: dict[str, Any] = document.convert()
    except DocumentError as exc:
        raise CommandError(str(exc)) from exc
    return converted


def _dump(converted: dict[str, Any], options: dict[str, Any]) -> str:
    if options['format'] == 'yaml':
        return _dump_yaml(converted, options['indent'])
    return json_dump(
        converted,
        indent=options['indent'],
        sort_keys=options['sort_keys'],
        ensure_ascii=not options['no_ensure_ascii'],
    )


def _dump_yaml(converted: dict[str, Any], indent: int | None) -> str:
    try:
        # pyyaml is optional, and JSON must work without it.
        yaml_dump = importlib.import_module('dmr.openapi.yaml_dump').yaml_dump
    except ImportError as exc:
        raise CommandError(
            "YAML needs pyyaml. Run `pip install 'dmr-openapi[yaml]'`.",
        ) from exc
    text: str = yaml_dump(converted, indent=indent or None)
    return text.rstrip('\n')
