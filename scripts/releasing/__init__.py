"""Release one of the five packages, and leave the others alone."""
