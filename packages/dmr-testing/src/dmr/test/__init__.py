"""Test clients and request factories that speak JSON by default.

They work like those of `django.test`, and send ``application/json`` instead of
forms when nothing else is asked for.
"""

from dmr.test.client import DMRAsyncClient as DMRAsyncClient
from dmr.test.client import DMRClient as DMRClient
from dmr.test.factory import DMRAsyncRequestFactory as DMRAsyncRequestFactory
from dmr.test.factory import DMRRequestFactory as DMRRequestFactory
