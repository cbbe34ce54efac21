"""The public names of `dmr`."""
