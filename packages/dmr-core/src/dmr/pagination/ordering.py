"""Orderings that tell any two rows apart, and what comes after a row."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any, Final

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Field, Model, Q, QuerySet
from django.db.models.constants import LOOKUP_SEP
from django.db.models.expressions import OrderBy

#: Columns of orderings are selected under this name and a number.
_ALIAS: Final = 'dmr_cursor_{}'


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of an ordering, *alias* is where rows have its value."""

    name: str
    alias: str
    field: 'Field[Any, Any]'
    is_descending: bool
    nulls_last: bool

    def order_by(self) -> OrderBy:
        """Return the expression that sorts by this column.

        Databases do not agree where ``NULL`` belongs, so this says it.
        """
        if not self._can_be_null:
            return OrderBy(F(self.name), descending=self.is_descending)
        return OrderBy(
            F(self.name),
            descending=self.is_descending,
            nulls_first=None if self.nulls_last else True,
            nulls_last=True if self.nulls_last else None,
        )

    @property
    def _can_be_null(self) -> bool:
        # Rows without a relation have no values of it.
        return self.field.null or LOOKUP_SEP in self.name

    def same(self, found: Any) -> Q:
        """Match rows that have *found* in this column."""
        if found is None:
            return Q(**{f'{self.name}__isnull': True})
        return Q(**{self.name: found})

    def after(self, found: Any) -> Q | None:
        """Match rows that this column puts after *found*, if there can be."""
        if found is None:
            if self.nulls_last:
                return None
            return Q(**{f'{self.name}__isnull': False})
        lookup = 'lt' if self.is_descending else 'gt'
        later = Q(**{f'{self.name}__{lookup}': found})
        if self.nulls_last and self._can_be_null:
            later |= Q(**{f'{self.name}__isnull': True})
        return later

    def encode(self, row: Any) -> str | None:
        """Return the value that *row* has, as text."""
        found = getattr(row, self.alias)
        if found is None:
            return None
        holder: Any = SimpleNamespace(**{self.field.attname: found})
        return self.field.value_to_string(holder)

    def decode(self, text: str | None) -> Any:
        """Return the value that `encode` has made *text* of."""
        return None if text is None else self.field.to_python(text)


def columns_of(queryset: 'QuerySet[Any]') -> tuple[Column, ...]:
    """Return the ordering of *queryset*, with the primary key at its end.

    Raises:
        ValueError: it is not sorted by columns only.
    """
    model = queryset.model
    terms = [*_terms(queryset)]
    names = [_name_of(term, model) for term in terms]
    if not {'pk', model._meta.pk.name} & {*names}:
        terms.append(OrderBy(F('pk'), descending=_is_descending(terms)))
        names.append('pk')
    columns = tuple(
        _column(name, term, model, position)
        for position, (name, term) in enumerate(zip(names, terms, strict=True))
    )
    if queryset.query.standard_ordering:
        return columns
    return tuple(
        replace(
            column,
            is_descending=not column.is_descending,
            nulls_last=not column.nulls_last,
        )
        for column in columns
    )


def rows_after(columns: Sequence[Column], found: Sequence[Any]) -> Q:
    """Match the rows after the one that has *found* in *columns*."""
    later = Q(pk__in=())
    same = Q()
    for column, one in zip(columns, found, strict=True):
        after = column.after(one)
        if after is not None:
            later |= same & after
        same &= column.same(one)
    return later


def with_values(
    queryset: 'QuerySet[Any]',
    columns: Sequence[Column],
) -> 'QuerySet[Any]':
    """Select the values of *columns* with each row: nothing asks later."""
    if not queryset.query.standard_ordering:
        # The columns know that already.
        queryset = queryset.reverse()
    sorted_rows: QuerySet[Any] = queryset.order_by(
        *(column.order_by() for column in columns),
    )
    annotated: QuerySet[Any] = sorted_rows.annotate(
        **{column.alias: F(column.name) for column in columns},
    )
    return annotated


def _terms(queryset: 'QuerySet[Any]') -> Sequence[Any]:
    query = queryset.query
    if query.extra_order_by:
        return query.extra_order_by
    if not query.default_ordering:
        return query.order_by
    return query.order_by or queryset.model._meta.ordering or ()


def _name_of(term: Any, model: type[Model]) -> str:
    if isinstance(term, str):
        name = term.lstrip('-+')
    else:
        expression = term.expression if isinstance(term, OrderBy) else term
        name = str(getattr(expression, 'name', ''))
    if not name or name == '?':
        raise ValueError(
            f'{model.__name__} cannot be paged by {term!r}. Order the '
            'queryset by names of fields.',
        )
    return name


def _column(
    name: str,
    term: Any,
    model: type[Model],
    position: int,
) -> Column:
    is_descending = _is_descending([term])
    nulls_last = is_descending
    if isinstance(term, OrderBy) and (term.nulls_first or term.nulls_last):
        nulls_last = bool(term.nulls_last)
    return Column(
        name=name,
        alias=_ALIAS.format(position),
        field=_field(model, name),
        is_descending=is_descending,
        nulls_last=nulls_last,
    )


def _is_descending(terms: Sequence[Any]) -> bool:
    """Tell whether the last of *terms* is."""
    if not terms:
        return False
    last = terms[-1]
    if isinstance(last, str):
        return last.startswith('-')
    return isinstance(last, OrderBy) and last.descending


def _field(model: type[Model], name: str) -> 'Field[Any, Any]':
    *relations, last = name.split(LOOKUP_SEP)
    found: Any = model
    try:
        for relation in relations:
            found = found._meta.get_field(relation).related_model
        field: Any = (
            found._meta.pk if last == 'pk' else found._meta.get_field(last)
        )
    except (FieldDoesNotExist, AttributeError) as exc:
        raise ValueError(
            f'{model.__name__} cannot be paged by {name!r}: it is no field.',
        ) from exc
    if field.is_relation and last == field.name != 'pk':
        raise ValueError(
            f'{model.__name__} cannot be paged by the relation {name!r}. Name '
            f'a field of it, or its key: {name}_id.',
        )
    while field.is_relation:
        field = field.target_field
    return field  # type: ignore[no-any-return]
