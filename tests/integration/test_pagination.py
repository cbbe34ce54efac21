"""Pages of objects as responses."""

import dataclasses

import pytest
from django.core.paginator import Paginator

from dmr import Controller, Query
from dmr.pagination import Page, Paginated
from tests.integration.serving import AnySerializer, Site


@dataclasses.dataclass(frozen=True)
class _Item:
    name: str


@dataclasses.dataclass(frozen=True)
class _Wanted:
    page: int = 1


class _Items(Controller[AnySerializer]):
    def get(self, parsed_query: Query[_Wanted]) -> Paginated[_Item]:
        items = [_Item(name) for name in 'abcde']
        paginator = Paginator(items, 2)
        page = paginator.page(parsed_query.page)
        return Paginated(
            count=paginator.count,
            num_pages=paginator.num_pages,
            per_page=paginator.per_page,
            page=Page(number=page.number, object_list=page.object_list),
        )

    def put(self) -> Paginated[_Item]:
        # Instances of the model are trusted, plain data are checked.
        return {  # type: ignore[return-value]  # this is the fault
            'count': 1,
            'num_pages': 1,
            'per_page': 1,
            'page': {'number': 1, 'object_list': [1]},
        }


@pytest.mark.parametrize(
    ('number', 'names'),
    [(1, ['a', 'b']), (2, ['c', 'd']), (3, ['e'])],
)
def test_page(site: Site, number: int, names: list[str]) -> None:
    """The shape is that of Django's paginator."""
    answer = site.serve(_Items, 'GET', f'/?page={number}')

    assert (
        200,
        {
            'count': 5,
            'num_pages': 3,
            'per_page': 2,
            'page': {
                'number': number,
                'object_list': [{'name': name} for name in names],
            },
        },
    ) == (answer.status_code, answer.data)


def test_objects_of_a_page_are_validated(site: Site) -> None:
    """The type of the objects is known."""
    assert 422 == site.serve(_Items, 'PUT').status_code
