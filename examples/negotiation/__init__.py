"""Content negotiation: formats of your own, and models that depend on them."""
