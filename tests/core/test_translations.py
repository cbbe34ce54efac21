"""Messages that clients see can be translated, and German ships with us."""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import dmr.apps
from dmr.apps import DMRConfig

_CORE: Final = Path(dmr.apps.__file__).parent
_MESSAGES: Final = _CORE / 'locale' / 'de' / 'LC_MESSAGES'
_MARKS: Final = {'_', 'gettext_noop'}
_ENTRY: Final = re.compile(r'^msgid "(.+)"\nmsgstr "(.*)"$', re.MULTILINE)


def _marked() -> Iterator[str]:
    """Yield every message that the code marks."""
    for module in _CORE.rglob('*.py'):
        for node in ast.walk(ast.parse(module.read_text('utf-8'))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in _MARKS
                and isinstance(node.args[0], ast.Constant)
            ):
                yield node.args[0].value


def _written() -> dict[str, str]:
    return dict(_ENTRY.findall((_MESSAGES / 'django.po').read_text('utf-8')))


def test_every_marked_message_is_translated() -> None:
    """A new message comes with its translation."""
    translated = {one for one, text in _written().items() if text}

    assert set() == {*_marked()} - translated


def test_translations_keep_the_placeholders() -> None:
    """What is filled in has the same names in every language."""
    placeholders = re.compile(r'\{\w+\}')

    differing = [
        message
        for message, text in _written().items()
        if {*placeholders.findall(message)} != {*placeholders.findall(text)}
    ]

    assert [] == differing


def test_compiled_messages_are_those_of_the_source() -> None:
    """The compiled file was made from the text beside it."""
    with (_MESSAGES / 'django.mo').open('rb') as compiled:
        catalog = gettext.GNUTranslations(compiled)

    assert _written() == {one: catalog.gettext(one) for one in _written()}


def test_django_finds_the_messages() -> None:
    """The app points at the folder of the core."""
    assert str(_CORE) == DMRConfig.path
