"""One folder for each framework that takes part, see the README there."""
