"""Endpoints that answer with files."""

import io
from http import HTTPStatus

import pytest
from django.http import FileResponse

from dmr import APIError, Controller, Query, ResponseSpec, validate
from dmr.files import FileResponseSpec
from dmr.renderers import FileRenderer
from tests.integration.serving import AnySerializer, Site

# Django reads files of async responses in threads, and says so.
pytestmark = pytest.mark.filterwarnings('ignore:StreamingHttpResponse')


class _Files(Controller[AnySerializer]):
    renderers = (FileRenderer(),)
    responses = (ResponseSpec(str, status_code=HTTPStatus.CONFLICT),)

    @validate(FileResponseSpec())
    def get(self, parsed_query: Query[dict[str, int]]) -> FileResponse:
        if 'fail' in parsed_query:
            raise APIError('conflict', status_code=HTTPStatus.CONFLICT)
        return FileResponse(
            io.BytesIO(b'content'),
            as_attachment=True,
            filename='file.txt',
        )

    @validate(ResponseSpec(str, status_code=HTTPStatus.OK))
    def put(self) -> FileResponse:
        return FileResponse(io.BytesIO(b'"json"'))


@pytest.mark.parametrize('accept', ['text/plain', '*/*', 'text/*', None])
def test_download(site: Site, accept: str | None) -> None:
    """A file is sent as it is, with its own media type."""
    answer = site.serve(_Files, headers={'Accept': accept})

    assert (
        200,
        {
            'Content-Disposition': 'attachment; filename="file.txt"',
            'Content-Length': '7',
            'Content-Type': 'text/plain',
        },
        b'content',
    ) == (answer.status_code, answer.headers, answer.content)


@pytest.mark.parametrize(
    ('path', 'method', 'status_code'),
    [
        ('/?fail=1', 'GET', 409),
        ('/?fail=x', 'GET', 400),
        ('/', 'PUT', 422),
        ('/', 'POST', 405),
    ],
)
def test_errors_of_downloads(
    site: Site,
    path: str,
    method: str,
    status_code: int,
) -> None:
    """Errors are JSON, whatever the file would have been."""
    answer = site.serve(
        _Files,
        method,
        path,
        headers={'Accept': 'text/plain'},
    )

    assert (status_code, 'application/json') == (
        answer.status_code,
        answer.headers['Content-Type'],
    )
    assert answer.data


def test_files_have_their_media_type(json_site: Site) -> None:
    """A renderer for one type refuses clients that want another."""

    class _Text(Controller[AnySerializer]):
        renderers = (FileRenderer('text/plain'),)

        @validate(FileResponseSpec())
        def get(self) -> FileResponse:
            return FileResponse(
                io.BytesIO(b'content'),
                as_attachment=True,
                filename='file.txt',
            )

    accepted = json_site.serve(_Text, headers={'Accept': 'text/plain'})
    refused = json_site.serve(_Text, headers={'Accept': 'image/png'})

    assert [200, 406] == [accepted.status_code, refused.status_code]
    assert 'application/json' == refused.headers['Content-Type']
