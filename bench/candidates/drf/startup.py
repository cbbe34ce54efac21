"""Import Django REST framework, define views."""

from typing import Any

from django.conf import settings

from bench.candidates.startup import clock, report

settings.configure()
begun = clock()

from rest_framework import serializers  # noqa: E402
from rest_framework.request import Request  # noqa: E402
from rest_framework.response import Response  # noqa: E402
from rest_framework.views import APIView  # noqa: E402


class User(serializers.Serializer):
    email = serializers.CharField()
    age = serializers.IntegerField()
    is_active = serializers.BooleanField()


def build(count: int) -> list[Any]:
    return [view() for _ in range(count)]


def view() -> Any:
    class Users(APIView):
        def get(self, request: Request) -> Response:
            raise NotImplementedError

        def post(self, request: Request) -> Response:
            raise NotImplementedError

    return Users.as_view()


report(begun, build)
