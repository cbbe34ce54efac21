"""``manage.py dmr_plugins``."""

from dmr.commands import plugins
from dmr.commands.managed import ManagedCommand


class Command(ManagedCommand):
    """List what installed packages offer."""

    subcommand = plugins.SUBCOMMAND
    help = subcommand.help
