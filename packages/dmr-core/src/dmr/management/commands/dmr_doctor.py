"""``manage.py dmr_doctor``."""

from dmr.commands import doctor
from dmr.commands.managed import ManagedCommand


class Command(ManagedCommand):
    """Say what is wrong with the project."""

    subcommand = doctor.SUBCOMMAND
    help = subcommand.help
