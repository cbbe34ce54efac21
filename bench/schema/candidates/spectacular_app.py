"""Django REST framework with drf-spectacular."""

import time

import django
from django.conf import settings
from models import MODELS, count, report

settings.configure(
    INSTALLED_APPS=[
        'django.contrib.contenttypes',
        'django.contrib.auth',
        'rest_framework',
        'drf_spectacular',
    ],
    REST_FRAMEWORK={
        'DEFAULT_SCHEMA_CLASS': 'drf_spectacular.openapi.AutoSchema',
    },
)
django.setup()

from django.urls import path  # noqa: E402
from drf_spectacular.generators import SchemaGenerator  # noqa: E402
from drf_spectacular.utils import extend_schema  # noqa: E402
from rest_framework import serializers  # noqa: E402
from rest_framework.views import APIView  # noqa: E402

IMPORTED = time.process_time()


class Filters(serializers.Serializer):
    page = serializers.IntegerField(default=1)
    search = serializers.CharField(default='')


def item(number: int) -> type[serializers.Serializer]:
    inner = type(
        f'Inner{number}',
        (serializers.Serializer,),
        {
            'size': serializers.IntegerField(),
            'note': serializers.CharField(required=False, allow_null=True),
        },
    )
    return type(
        f'Item{number}',
        (serializers.Serializer,),
        {
            'name': serializers.CharField(),
            'inner': inner(),
            'tags': serializers.ListField(child=serializers.CharField()),
        },
    )


ITEMS = [item(number) for number in range(MODELS)]


def view(number: int) -> type[APIView]:
    model = ITEMS[number % MODELS]

    class Items(APIView):
        @extend_schema(parameters=[Filters], responses=model(many=True))
        def get(self, request, pk):
            raise NotImplementedError

        @extend_schema(request=model, responses=model)
        def post(self, request, pk):
            raise NotImplementedError

    return Items


urlpatterns = [
    path(f'api/items{number}/<int:pk>/', view(number).as_view())
    for number in range(count() // 2)
]
DEFINED = time.process_time()
report(
    IMPORTED,
    DEFINED,
    lambda: SchemaGenerator(patterns=urlpatterns).get_schema(public=True),
)
