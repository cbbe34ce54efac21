"""Import all of a generated client, call the demo, print what it answers.

Runs beside the generated package, in the environment of the generator.
"""

import importlib
import json
import pkgutil
import sys

import library_client
from library_client import Client
from library_client.api.books import (
    get_bookcontroller_api_books_book_id,
    get_bookscontroller_api_books,
)
from library_client.models import Genre


def _import_all() -> tuple[list[str], dict[str, str]]:
    """Return names of operations, and module → why it cannot be imported."""
    operations = []
    failed = {}
    for found in pkgutil.walk_packages(
        library_client.__path__,
        'library_client.',
    ):
        if found.name.count('.') == 3:
            operations.append(found.name.rpartition('.')[2])
        try:
            importlib.import_module(found.name)
        except Exception as exc:
            failed[found.name.removeprefix('library_client.api.')] = str(exc)
    return operations, failed


def main(address: str) -> None:
    """Print one JSON object."""
    operations, failed = _import_all()
    client = Client(base_url=address)
    listed = get_bookscontroller_api_books.sync_detailed(
        client=client,
        genre=[Genre.MYSTERY],
        page_size=5,
    )
    missing = get_bookcontroller_api_books_book_id.sync_detailed(
        1_000_000,
        client=client,
    )
    answers = {
        'operations': operations,
        'failed': failed,
        'listed': {
            'status': listed.status_code,
            'type': type(listed.parsed).__name__,
            'genres': [
                book.genre.value for book in listed.parsed.page.object_list
            ],
        },
        'missing': {
            'status': missing.status_code,
            'type': type(missing.parsed).__name__,
            'message': missing.parsed.detail[0].msg,
        },
    }
    print(json.dumps(answers))


if __name__ == '__main__':
    main(sys.argv[1])
