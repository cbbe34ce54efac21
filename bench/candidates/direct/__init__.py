"""The libraries of models alone: what no framework can be faster than."""
