"""Configuration of the documentation: ``hatch run docs``."""

import os
import sys
from pathlib import Path

import django

ROOT = Path(__file__).parents[1]

sys.path[:0] = [str(ROOT), str(Path(__file__).parent / '_ext')]
os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'
django.setup()

project = 'dmr'
copyright = 'The dmr authors'  # noqa: A001
author = 'The dmr authors'

extensions = [
    'myst_parser',
    'sphinx.ext.autodoc',
    'sphinx.ext.napoleon',
    'reference_pages',
]
exclude_patterns = ['_build']
myst_enable_extensions = ['colon_fence', 'deflist']
myst_heading_anchors = 3

autodoc_member_order = 'bysource'
autodoc_typehints = 'signature'
autodoc_typehints_format = 'short'
autodoc_preserve_defaults = True

html_theme = 'furo'
html_title = 'dmr'
