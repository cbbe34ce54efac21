"""Parts that several rooms share and that are no public API."""
