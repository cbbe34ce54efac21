"""The views of Django REST framework."""

from types import SimpleNamespace
from typing import Any

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bench.candidates.django_project import fillers


class Tiny(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()


class User(serializers.Serializer):
    email = serializers.CharField()
    age = serializers.IntegerField()
    is_active = serializers.BooleanField()


class Address(serializers.Serializer):
    street = serializers.CharField()
    city = serializers.CharField()
    zip_code = serializers.CharField()


class Line(serializers.Serializer):
    sku = serializers.CharField()
    title = serializers.CharField()
    quantity = serializers.IntegerField()
    price = serializers.FloatField()


class Order(serializers.Serializer):
    uid = serializers.UUIDField()
    placed_at = serializers.DateTimeField()
    customer = User()
    address = Address()
    lines = Line(many=True)
    notes = serializers.CharField(allow_null=True, default=None)


class Search(serializers.Serializer):
    page = serializers.IntegerField()
    size = serializers.IntegerField()
    sort = serializers.CharField()
    dry_run = serializers.BooleanField(default=False)


class Tenant(serializers.Serializer):
    request_id = serializers.CharField()
    tenant = serializers.CharField()


LINES = [
    SimpleNamespace(
        sku=f'SKU-{n}',
        title=f'A title {n}',
        quantity=n,
        price=n + 0.5,
    )
    for n in range(100)
]


class TinyView(APIView):
    def get(self, request: Request) -> Response:
        return Response(Tiny(SimpleNamespace(id=1, name='one')).data)


class SmallView(APIView):
    def post(self, request: Request) -> Response:
        user = User(data=request.data)
        user.is_valid(raise_exception=True)
        return Response(user.data, status=201)


class LargeView(APIView):
    def post(self, request: Request) -> Response:
        order = Order(data=request.data)
        search = Search(data=request.query_params.dict())
        headers = request.headers
        tenant = Tenant(
            data={
                'request_id': headers.get('X-Request-Id'),
                'tenant': headers.get('X-Tenant'),
            },
        )
        for serializer in (order, search, tenant):
            serializer.is_valid(raise_exception=True)
        return Response(order.data, status=201)


class EchoView(APIView):
    def post(self, request: Request) -> Response:
        lines = Line(data=request.data, many=True)
        lines.is_valid(raise_exception=True)
        return Response(lines.data, status=201)


class ListView(APIView):
    def get(self, request: Request) -> Response:
        return Response(Line(LINES, many=True).data)


urlpatterns: list[Any] = [
    *(path(f'filler{n}/<int:pk>/', TinyView.as_view()) for n in fillers()),
    path('tiny/', TinyView.as_view()),
    path('small/', SmallView.as_view()),
    path('large/', LargeView.as_view()),
    path('list/', ListView.as_view()),
    path('echo/', EchoView.as_view()),
]
