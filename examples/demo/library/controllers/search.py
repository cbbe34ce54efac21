"""Search: one generic controller, three serializers.

The models are plain Python, so the same code runs with each of them, and all
of them give the same answer.
"""

from http import HTTPStatus

from dmr import APIError, Query, ResponseSpec, modify
from dmr.errors import ErrorModel, ErrorType
from dmr.parsers import JsonParser
from dmr.plugins.msgspec import MsgspecSerializer
from dmr.plugins.pydantic import PydanticFastSerializer, PydanticSerializer
from dmr.renderers import JsonRenderer
from library.controllers.base import LibraryController, SerializerT
from library.schemas.plain import SearchQuery, SearchResult
from library.services.search import search


class SearchController(LibraryController[SerializerT]):
    """Abstract as long as the serializer is a type variable."""

    @modify(
        tags=['Search'],
        extra_responses=[
            ResponseSpec(
                ErrorModel,
                status_code=HTTPStatus.NOT_FOUND,
                description='Nothing was found',
            ),
        ],
    )
    def get(self, parsed_query: Query[SearchQuery]) -> SearchResult:
        """Search titles and authors."""
        result = search(parsed_query)
        if not result.hits:
            raise APIError(
                self.format_error(
                    f'Nothing has {result.text!r} in its name',
                    loc=['parsed_query', 'text'],
                    error_type=ErrorType.not_found,
                ),
                status_code=HTTPStatus.NOT_FOUND,
            )
        return result


class PydanticSearchController(SearchController[PydanticSerializer]): ...


class MsgspecSearchController(SearchController[MsgspecSerializer]): ...


class PydanticFastSearchController(SearchController[PydanticFastSerializer]):
    # This serializer knows nothing but JSON.
    parsers = [JsonParser()]
    renderers = [JsonRenderer()]
