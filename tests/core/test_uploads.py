"""Uploaded files are limited while they arrive."""

import json
from typing import Annotated, Any, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.urls import path
from typing_extensions import TypedDict

from dmr import Controller, FileMetadata
from dmr.openapi import build_schema
from dmr.parsers import MultiPartParser
from dmr.plugins.msgspec import MsgspecSerializer
from dmr.plugins.pydantic import PydanticSerializer
from dmr.routing import Router
from dmr.uploads import UploadLimit

_RF: Final = RequestFactory()


class _Facts(TypedDict):
    size: int
    name: str


class _Files(TypedDict):
    avatar: Annotated[
        _Facts,
        UploadLimit(max_bytes=100, content_types=('image/*', 'text/plain')),
    ]
    other: Annotated[_Facts, UploadLimit(max_bytes=100_000)]


@pytest.fixture(
    params=[PydanticSerializer, MsgspecSerializer],
    ids=['pydantic', 'msgspec'],
)
def controller(request: pytest.FixtureRequest) -> Any:
    """Return a controller that takes two files."""
    serializer: Any = request.param

    class _Upload(Controller[serializer]):
        parsers = [MultiPartParser()]

        async def put(self, parsed_file_metadata: FileMetadata[_Files]) -> int:
            return 0

        async def post(
            self,
            parsed_file_metadata: FileMetadata[_Files],
        ) -> dict[str, int]:
            return {
                name: facts['size']  # type: ignore[index]
                for name, facts in parsed_file_metadata.items()
            }

    return _Upload


async def _upload(
    controller: Any,
    avatar: bytes,
    content_type: str = 'image/png',
    other: bytes = b'x',
) -> Any:
    return await controller.as_view()(
        _RF.post(
            '/',
            {
                'avatar': SimpleUploadedFile('a.png', avatar, content_type),
                'other': SimpleUploadedFile('o.bin', other, 'x/y'),
            },
        ),
    )


@pytest.mark.parametrize(
    'content_type',
    ['image/png', 'IMAGE/JPEG', 'text/plain; charset=utf-8'],
)
async def test_files_within_their_limits_are_taken(
    controller: Any,
    content_type: str,
) -> None:
    """The limit itself is allowed."""
    response = await _upload(controller, b'x' * 100, content_type)

    assert response.status_code == 201
    assert json.loads(response.content) == {'avatar': 100, 'other': 1}


@pytest.mark.parametrize('size', [101, 70_000, 3_000_000])
async def test_large_file_is_refused(controller: Any, size: int) -> None:
    """However many chunks it comes in."""
    response = await _upload(controller, b'x' * size)

    assert response.status_code == 413
    assert json.loads(response.content) == {
        'detail': [
            {
                'msg': 'File is larger than 100 bytes',
                'loc': ['parsed_file_metadata', 'avatar'],
                'type': 'value_error',
            },
        ],
    }


@pytest.mark.parametrize('content_type', ['application/pdf', 'imagex/png'])
async def test_file_of_another_type_is_refused(
    controller: Any,
    content_type: str,
) -> None:
    """By what the client says about it."""
    response = await _upload(controller, b'x', content_type)

    assert response.status_code == 400
    assert json.loads(response.content) == {
        'detail': [
            {
                'msg': (
                    f"File of type '{content_type}' is not one of "
                    "['image/*', 'text/plain']"
                ),
                'loc': ['parsed_file_metadata', 'avatar', 'content_type'],
                'type': 'value_error',
            },
        ],
    }


async def test_large_file_is_not_stored(controller: Any) -> None:
    """The handlers that store files see no more than the limit."""
    request = _RF.post(
        '/',
        {'avatar': SimpleUploadedFile('a.png', b'x' * 10**6, 'image/png')},
    )

    await controller.as_view()(request)

    assert 'avatar' not in request.FILES


async def test_files_that_are_read_already_are_checked(
    controller: Any,
) -> None:
    """A middleware may have looked at the form."""
    request = _RF.post(
        '/',
        {
            'avatar': SimpleUploadedFile('a.png', b'x' * 101, 'image/png'),
            'other': SimpleUploadedFile('o.bin', b'x', 'x/y'),
        },
    )
    assert request.FILES

    response = await controller.as_view()(request)

    assert response.status_code == 413


async def test_missing_file_is_reported_as_ever(controller: Any) -> None:
    """Limits say nothing about files that are not there."""
    response = await controller.as_view()(_RF.post('/', {'x': 'y'}))

    assert response.status_code == 400


def test_limits_are_described(controller: Any) -> None:
    """Clients read them in the document."""
    router = Router('', [path('upload/', controller.as_view())])

    document: Any = build_schema(router).convert()

    operation = document['paths']['/upload/']['post']
    body = operation['requestBody']['content']['multipart/form-data']
    assert body['schema']['properties'] == {
        'avatar': {'type': 'string', 'format': 'binary', 'maxLength': 100},
        'other': {'type': 'string', 'format': 'binary', 'maxLength': 100_000},
    }
    assert body['encoding'] == {
        'avatar': {'contentType': 'image/*, text/plain'},
    }
    assert '413' in operation['responses']
