"""``manage.py dmr_routes``."""

from dmr.commands import routes
from dmr.commands.managed import ManagedCommand


class Command(ManagedCommand):
    """List the endpoints of the project."""

    subcommand = routes.SUBCOMMAND
    help = subcommand.help
