"""CBOR (RFC 8949) for dmr: a parser and a renderer on cbor2."""

from dmr_cbor.parser import CborParser as CborParser
from dmr_cbor.renderer import CborRenderer as CborRenderer
