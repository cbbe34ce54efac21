"""One script for each framework; each prints its times as JSON."""
