"""Prepare and check the release of one package: ``docs/releasing.md``."""

import sys

from releasing.commands import main

if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
