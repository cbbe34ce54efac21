"""Let ``manage.py`` run a command."""

from argparse import ArgumentParser
from typing import Any, ClassVar

from django.core.management.base import BaseCommand

from dmr.commands.base import Subcommand


class ManagedCommand(BaseCommand):
    """A command of ``manage.py`` that does what *subcommand* does."""

    subcommand: ClassVar[Subcommand]

    # Commands that look for mistakes must start in spite of them.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        self.subcommand.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the command.

        Raises:
            CommandError: it says so.
        """
        self.subcommand.run(options, self.stdout.write)
