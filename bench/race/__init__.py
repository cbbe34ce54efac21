"""The machinery of the race; candidates and requests are its neighbours."""
