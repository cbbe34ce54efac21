"""Numbers, with the serializer that is made for JSON and nothing else."""

from dmr import modify
from dmr.parsers import JsonParser
from dmr.plugins.pydantic import PydanticFastSerializer
from dmr.renderers import JsonRenderer
from library.controllers.base import LibraryController
from library.schemas.plain import Statistics
from library.services import statistics


class StatisticsController(LibraryController[PydanticFastSerializer]):
    parsers = [JsonParser()]
    renderers = [JsonRenderer()]

    @modify(tags=['Statistics'])
    def get(self) -> Statistics:
        """Show the library in numbers."""
        return statistics.collect()
