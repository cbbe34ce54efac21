"""The API: what comes in, what goes out, and which service does the work."""
