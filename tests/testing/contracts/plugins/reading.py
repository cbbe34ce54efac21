"""A serializer whose module reads settings when it is imported."""

from django.conf import settings

from tests.testing.contracts.plugins.correct import CorrectSerializer

DEBUG = settings.DEBUG


class ReadingSerializer(CorrectSerializer):
    """Is itself without a fault."""

    dmr_plugin_api = 1
