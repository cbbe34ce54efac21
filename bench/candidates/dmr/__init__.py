"""dmr of this repository, with its own handlers."""
