"""Let schemathesis look for requests that break what a document promises.

Needs ``dmr-testing[schemathesis]``. Requests go to the project in this very
process: no server is started, and coverage sees everything.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Protocol, TypeAlias, runtime_checkable


@runtime_checkable
class Convertible(Protocol):
    """A document, as `dmr.openapi.build_schema` returns it."""

    def convert(self) -> Any:
        """Return the document as plain data."""


#: What is tested: a document, or the path where the project serves it.
Document: TypeAlias = Convertible | Mapping[str, Any] | str


def project_schema(document: Document) -> Any:
    """Return *document* as schemathesis knows it, bound to this project.

    For tests of your own:

    .. code-block:: python

        schema = project_schema('/docs/openapi.json')


        @schema.parametrize()
        def test_api(case, headers):
            case.call_and_validate(headers=headers)

    Raises:
        ImportError: schemathesis is not installed.
        ValueError: the project serves no document at this path.
    """
    # It takes most of a second to import, and other tests do without.
    from dmr.test._fuzzing import bound_schema  # noqa: PLC0415

    return bound_schema(document)


def schemathesis_test(
    document: Document,
    *,
    headers: Mapping[str, str] | None = None,
    headers_fixture: str | None = None,
    max_examples: int = 20,
    excluded_paths: Collection[str] = (),
    excluded_checks: Collection[str] = (),
    database: bool = True,
) -> Callable[..., None]:
    """Return a test of every operation in *document*, for pytest.

    .. code-block:: python

        test_api = schemathesis_test('/docs/openapi.json')

    Each operation is asked *max_examples* times, with *headers* and those
    that the fixture *headers_fixture* returns. *excluded_checks* are names of
    schemathesis. The tests may use the database, unless *database* is off.

    Raises:
        ImportError: schemathesis is not installed.
        ValueError: the project serves no document at this path, or there is
            no such check.
    """
    from dmr.test._fuzzing import operation_test  # noqa: PLC0415

    return operation_test(
        project_schema(document),
        headers=headers or {},
        headers_fixture=headers_fixture,
        max_examples=max_examples,
        excluded_paths=excluded_paths,
        excluded_checks=excluded_checks,
        database=database,
    )
