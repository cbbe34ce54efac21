"""The app with the table of opaque tokens."""
