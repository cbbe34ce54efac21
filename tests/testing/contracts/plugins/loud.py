"""A serializer whose module does something when it is imported."""

from tests.testing.contracts.plugins.correct import CorrectSerializer

print('Thank you for using this serializer.')


class LoudSerializer(CorrectSerializer):
    """Is itself without a fault."""

    dmr_plugin_api = 1
