"""The models of all candidates that take msgspec's."""

import datetime as dt
import uuid

import msgspec


class Tiny(msgspec.Struct):
    id: int
    name: str


class User(msgspec.Struct):
    email: str
    age: int
    is_active: bool


class Address(msgspec.Struct):
    street: str
    city: str
    zip_code: str


class Line(msgspec.Struct):
    sku: str
    title: str
    quantity: int
    price: float


class Order(msgspec.Struct):
    uid: uuid.UUID
    placed_at: dt.datetime
    customer: User
    address: Address
    lines: list[Line]
    notes: str | None = None


class Search(msgspec.Struct):
    page: int
    size: int
    sort: str
    dry_run: bool = False


class Tenant(msgspec.Struct):
    request_id: str = msgspec.field(name='X-Request-Id')
    tenant: str = msgspec.field(name='X-Tenant')


def tiny() -> Tiny:
    return Tiny(id=1, name='one')


#: The answer of the list. Frameworks write it, they do not make it.
LINES = [
    Line(sku=f'SKU-{n}', title=f'A title {n}', quantity=n, price=n + 0.5)
    for n in range(100)
]
