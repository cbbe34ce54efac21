"""One command in each module, all but its name is in `dmr.commands`."""
