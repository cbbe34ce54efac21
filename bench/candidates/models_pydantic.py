"""The models of all candidates that take pydantic's."""

import datetime as dt
import uuid

import pydantic


class Tiny(pydantic.BaseModel):
    id: int
    name: str


class User(pydantic.BaseModel):
    email: str
    age: int
    is_active: bool


class Address(pydantic.BaseModel):
    street: str
    city: str
    zip_code: str


class Line(pydantic.BaseModel):
    sku: str
    title: str
    quantity: int
    price: float


class Order(pydantic.BaseModel):
    uid: uuid.UUID
    placed_at: dt.datetime
    customer: User
    address: Address
    lines: list[Line]
    notes: str | None = None


class Search(pydantic.BaseModel):
    page: int
    size: int
    sort: str
    dry_run: bool = False


class Tenant(pydantic.BaseModel):
    request_id: str = pydantic.Field(alias='X-Request-Id')
    tenant: str = pydantic.Field(alias='X-Tenant')


def tiny() -> Tiny:
    return Tiny(id=1, name='one')


#: The answer of the list. Frameworks write it, they do not make it.
LINES = [
    Line(sku=f'SKU-{n}', title=f'A title {n}', quantity=n, price=n + 0.5)
    for n in range(100)
]
