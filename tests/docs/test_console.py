"""The runner of console blocks notices what is wrong."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpRequest, JsonResponse
from django.urls import path

from tests.docs.console import Command, commands, curl_request, run_console


def _view(request: HttpRequest) -> JsonResponse:
    return JsonResponse(
        {
            'method': request.method,
            'type': request.headers.get('Content-Type'),
            'query': request.GET.get('q'),
            'body': request.body.decode(),
        }
    )


urlpatterns = [path('api/', _view)]


def _block(text: str) -> Any:
    return SimpleNamespace(parsed=text, namespace={'__name__': __name__})


def test_commands_are_split() -> None:
    """Output belongs to the command above it."""
    text = "$ curl 'a b' \\\n    -i\nline 1\nline 2\n$ git log\n"

    assert [
        Command(arguments=['curl', 'a b', '-i'], output='line 1\nline 2'),
        Command(arguments=['git', 'log'], output=''),
    ] == list(commands(text))


@pytest.mark.parametrize(
    ('arguments', 'method', 'content_type'),
    [
        ([], 'GET', None),
        (['-X', 'DELETE'], 'DELETE', None),
        (['-d', 'a=1'], 'POST', 'application/x-www-form-urlencoded'),
        (['--json', '{}'], 'POST', 'application/json'),
        (['-X', 'PUT', '-d', '{}', '-H', 'Content-Type: a/b'], 'PUT', 'a/b'),
    ],
)
def test_arguments_of_curl_are_understood(
    arguments: list[str],
    method: str,
    content_type: str | None,
) -> None:
    """The request is the one that curl would send."""
    request = curl_request(['http://127.0.0.1:8000/api/', *arguments])

    assert (method, content_type) == (
        request.method,
        request.headers.get('Content-Type'),
    )


def test_right_output_is_accepted() -> None:
    """JSON is compared by its value."""
    run_console(
        _block(
            '$ curl http://127.0.0.1:8000/api/?q=1 --json "[]"\n'
            '{"method": "POST", "query": "1",\n'
            '  "type": "application/json", "body": "[]"}\n',
        ),
    )


@pytest.mark.parametrize(
    'block',
    [
        '$ curl http://127.0.0.1:8000/api/\n{"method": "PUT"}\n',
        '$ curl http://127.0.0.1:8000/missing/\n{}\n',
        '$ hatch run nonsense\n',
        '$ python -m pip install dmr-nonsense\n',
        '$ rm -rf /\n',
    ],
)
def test_wrong_output_is_noticed(block: str) -> None:
    """A document that is wrong fails its test."""
    with pytest.raises(AssertionError):
        run_console(_block(block))
