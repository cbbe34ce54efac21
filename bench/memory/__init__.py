"""Show that memory stays flat, whatever clients send."""
