"""System checks of documents."""

from typing import Any

import pytest
from django.core.checks import run_checks
from django.test import override_settings
from django.urls import include
from django.urls import path as django_path

from dmr import Controller, modify
from dmr.openapi import build_schema
from dmr.openapi.checks import check_documents
from dmr.openapi.objects import Info, OpenAPI, PathItem
from dmr.openapi.views import OpenAPIJsonView, SwaggerView
from dmr.plugins.pydantic import PydanticSerializer
from dmr.routing import Router, path
from tests.openapi.support import config

_INVALID = OpenAPI(
    info=Info(title='Odd', version='1'),
    openapi='3.1.0',
    paths={'no-slash': PathItem()},
)


class _First(Controller[PydanticSerializer]):
    @modify(operation_id='same')
    def get(self) -> int:
        raise NotImplementedError


class _Second(Controller[PydanticSerializer]):
    @modify(operation_id='same')
    def get(self) -> int:
        raise NotImplementedError


def _colliding() -> OpenAPI:
    router = Router(
        '',
        [path('a/', _First.as_view()), path('b/', _Second.as_view())],
    )
    return build_schema(router, config=config())


class _Urls:
    """A URL configuration."""

    def __init__(self, *urlpatterns: Any) -> None:
        self.urlpatterns = list(urlpatterns)


def _messages(*urlpatterns: Any) -> list[Any]:
    with override_settings(ROOT_URLCONF=_Urls(*urlpatterns)):
        return check_documents()


def test_correct_documents_have_no_messages() -> None:
    """Nothing is reported about a valid document."""
    with override_settings(ROOT_URLCONF='tests.openapi.shop'):
        assert [] == check_documents()


def test_project_without_documents_has_no_messages() -> None:
    """Nothing is required to be there."""
    assert [] == _messages()


def test_invalid_document_is_reported_once() -> None:
    """Several views may show one document, behind any prefix."""
    messages = _messages(
        django_path('json/', OpenAPIJsonView.as_view(_INVALID)),
        django_path(
            'docs/',
            include([django_path('', SwaggerView.as_view(_INVALID))]),
        ),
    )

    assert ['dmr_openapi.E003'] == [message.id for message in messages]
    assert "The OpenAPI document 'Odd' is invalid: " in messages[0].msg
    assert 'no-slash' in messages[0].msg


def test_validation_is_skipped_on_request() -> None:
    """A view can say that its document is known to be odd."""
    assert [] == _messages(
        django_path(
            '',
            OpenAPIJsonView.as_view(_INVALID, skip_validation=True),
        ),
    )


def test_collision_is_reported_with_both_sides() -> None:
    """A document that is built on first use is built by the check."""
    messages = _messages(django_path('', OpenAPIJsonView.as_view(_colliding)))

    assert ['dmr_openapi.E002'] == [message.id for message in messages]
    assert '_First.get (GET /a/)' in messages[0].msg
    assert '_Second.get (GET /b/)' in messages[0].msg


def test_url_module_that_cannot_build_is_reported() -> None:
    """A document that is built at import is reported all the same."""

    class _Lazy:
        @property
        def urlpatterns(self) -> Any:
            return [django_path('', OpenAPIJsonView.as_view(_colliding()))]

    with override_settings(ROOT_URLCONF=_Lazy()):
        messages = check_documents()

    assert ['dmr_openapi.E002'] == [message.id for message in messages]


def test_checks_are_registered() -> None:
    """``manage.py check --tag dmr`` runs them."""
    with override_settings(
        ROOT_URLCONF='tests.openapi.shop',
        DMR_SETTINGS={'openapi_config': config(title=1)},
    ):
        messages = run_checks(tags=['dmr'])

    assert 'dmr_openapi.E001' in {message.id for message in messages}


def test_missing_validator_is_a_warning(monkeypatch: Any) -> None:
    """Nobody believes that a document is validated when it is not."""
    import sys  # noqa: PLC0415

    monkeypatch.setitem(sys.modules, 'openapi_spec_validator', None)

    messages = _messages(django_path('', OpenAPIJsonView.as_view(_INVALID)))

    assert ['dmr_openapi.W001'] == [message.id for message in messages]


@pytest.fixture(autouse=True)
def _fresh_urls() -> Any:
    from django.urls import clear_url_caches  # noqa: PLC0415

    clear_url_caches()
    yield
    clear_url_caches()
