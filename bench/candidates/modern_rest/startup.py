"""Import the library, define controllers: the same ones as for dmr."""

from bench.candidates.dmr import startup as startup
