"""Compare two documents, as a client of the older one sees it.

A change is *breaking* when a client that worked may stop working: a request
that was accepted can be refused, or an answer can look unlike it was promised.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dmr.openapi.diff_schema import SchemaDiff
from dmr.openapi.json_values import JsonMapping
from dmr.openapi.methods import METHODS_AND_QUERY
from dmr.openapi.pointer import Pointer


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Change:
    """One difference; *pointer* is a JSON pointer into the document."""

    pointer: str
    message: str
    breaking: bool


def diff_documents(old: JsonMapping, new: JsonMapping) -> list[Change]:
    """Return all changes from *old* to *new*, sorted by pointer."""
    return sorted(set(_DocumentDiff(old, new).changes()))


@dataclass(frozen=True, slots=True)
class _DocumentDiff:
    old: JsonMapping
    new: JsonMapping

    def changes(self) -> Iterator[Change]:
        """Return every change."""
        start = Pointer().at('paths')
        old_paths, new_paths = self.old.get('paths'), self.new.get('paths')
        for path, old, new in _pairs(old_paths, new_paths):
            here = start.at(path)
            if new is None:
                yield _breaking(here, 'path removed')
            elif old is None:
                yield _compatible(here, 'path added')
            else:
                yield from self._path_item(here, old, new)
        yield from self._security_schemes()

    def _path_item(
        self,
        here: Pointer,
        old: JsonMapping,
        new: JsonMapping,
    ) -> Iterator[Change]:
        old, new = _operations(old), _operations(new)
        for method, old_operation, new_operation in _pairs(old, new):
            place = here.at(method)
            if new_operation is None:
                yield _breaking(place, 'operation removed')
            elif old_operation is None:
                yield _compatible(place, 'operation added')
            else:
                yield from self._operation(place, old_operation, new_operation)

    def _operation(
        self,
        here: Pointer,
        old: JsonMapping,
        new: JsonMapping,
    ) -> Iterator[Change]:
        if old.get('operationId') != new.get('operationId'):
            yield _breaking(
                here.at('operationId'),
                f'renamed from {old.get("operationId")!r} to '
                f'{new.get("operationId")!r}, generated clients change',
            )
        if new.get('deprecated') and not old.get('deprecated'):
            yield _compatible(here.at('deprecated'), 'operation deprecated')
        yield from self._security(here.at('security'), old, new)
        yield from self._parameters(here.at('parameters'), old, new)
        yield from self._request_body(
            here.at('requestBody'),
            self._resolved(self.old, old.get('requestBody')),
            self._resolved(self.new, new.get('requestBody')),
        )
        yield from self._responses(here.at('responses'), old, new)

    def _security(
        self, here: Pointer, old: JsonMapping, new: JsonMapping
    ) -> Iterator[Change]:
        before = _requirements(old, self.old)
        after = _requirements(new, self.new)
        if before == after:
            return
        still_open = not after or {} in after
        if still_open or (before and all(way in after for way in before)):
            yield _compatible(here, 'another way to authenticate')
        else:
            yield _breaking(here, 'a way to authenticate is gone')

    def _parameters(
        self,
        here: Pointer,
        old: JsonMapping,
        new: JsonMapping,
    ) -> Iterator[Change]:
        before = self._parameter_map(self.old, old)
        after = self._parameter_map(self.new, new)
        for name, old_one, new_one in _pairs(before, after):
            place = here.at(name)
            if new_one is None:
                yield _breaking(place, 'parameter removed')
            elif old_one is None:
                required = new_one.get('required', False)
                kind = 'required' if required else 'optional'
                yield Change(
                    pointer=str(place),
                    message=f'{kind} parameter added',
                    breaking=required,
                )
            else:
                yield from self._parameter(place, old_one, new_one)

    def _parameter(
        self,
        here: Pointer,
        old: JsonMapping,
        new: JsonMapping,
    ) -> Iterator[Change]:
        required = new.get('required', False)
        if required != old.get('required', False):
            yield Change(
                pointer=str(here.at('required')),
                message=f'parameter is {"" if required else "not "}required',
                breaking=required,
            )
        yield from self._schema(
            here.at('schema'),
            old.get('schema', {}),
            new.get('schema', {}),
            is_request=True,
        )

    def _request_body(
        self,
        here: Pointer,
        old: JsonMapping | None,
        new: JsonMapping | None,
    ) -> Iterator[Change]:
        if new is None:
            if old is not None:
                yield _breaking(here, 'request body removed')
            return
        required = new.get('required', False)
        if old is None:
            yield Change(
                pointer=str(here),
                message='request body added',
                breaking=required,
            )
            return
        if required and not old.get('required', False):
            yield _breaking(here.at('required'), 'request body is required')
        yield from self._content(here.at('content'), old, new, is_request=True)

    def _responses(
        self,
        here: Pointer,
        old: JsonMapping,
        new: JsonMapping,
    ) -> Iterator[Change]:
        before, after = old.get('responses'), new.get('responses')
        for status, old_one, new_one in _pairs(before, after):
            place = here.at(status)
            if new_one is None:
                # Clients wait for success; an error less is good news.
                yield Change(
                    pointer=str(place),
                    message='response removed',
                    breaking=status.startswith('2'),
                )
            elif old_one is None:
                yield _compatible(place, 'response added')
            else:
                yield from self._response(place, old_one, new_one)

    def _response(
        self,
        here: Pointer,
        old: JsonMapping,
        new: JsonMapping,
    ) -> Iterator[Change]:
        before = self._resolved(self.old, old) or {}
        after = self._resolved(self.new, new) or {}
        for name, old_one, new_one in _pairs(
            before.get('headers'),
            after.get('headers'),
        ):
            if new_one is None:
                yield Change(
                    pointer=str(here.at('headers').at(name)),
                    message='header removed',
                    breaking=bool(old_one.get('required')),
                )
            elif old_one is None:
                yield _compatible(here.at('headers').at(name), 'header added')
        yield from self._content(
            here.at('content'),
            before,
            after,
            is_request=False,
        )

    def _content(
        self,
        here: Pointer,
        old: JsonMapping,
        new: JsonMapping,
        *,
        is_request: bool,
    ) -> Iterator[Change]:
        before, after = old.get('content'), new.get('content')
        for media_type, old_one, new_one in _pairs(before, after):
            place = here.at(media_type)
            if new_one is None:
                yield _breaking(place, 'media type removed')
            elif old_one is None:
                yield _compatible(place, 'media type added')
            else:
                for field in ('schema', 'itemSchema'):
                    yield from self._schema(
                        place.at(field),
                        old_one.get(field, {}),
                        new_one.get(field, {}),
                        is_request=is_request,
                    )

    def _schema(
        self,
        here: Pointer,
        old: Any,
        new: Any,
        *,
        is_request: bool,
    ) -> Iterator[Change]:
        difference = SchemaDiff(self.old, self.new, is_request=is_request)
        for pointer, message, breaking in difference.compare(here, old, new):
            yield Change(
                pointer=str(pointer),
                message=message,
                breaking=breaking,
            )

    def _security_schemes(self) -> Iterator[Change]:
        here = Pointer().at('components').at('securitySchemes')
        before = self.old.get('components', {}).get('securitySchemes')
        after = self.new.get('components', {}).get('securitySchemes')
        for name, old, new in _pairs(before, after):
            if old is not None and new is not None and old != new:
                yield _breaking(here.at(name), 'security scheme changed')

    def _parameter_map(
        self, document: JsonMapping, operation: JsonMapping
    ) -> JsonMapping:
        resolved = (
            self._resolved(document, parameter) or {}
            for parameter in operation.get('parameters', ())
        )
        return {f'{one["in"]}:{one["name"]}': one for one in resolved}

    def _resolved(
        self, document: JsonMapping, node: JsonMapping | None
    ) -> JsonMapping | None:
        while node is not None and '$ref' in node:
            node = Pointer.parse(node['$ref']).find(document)
        return node


def _pairs(
    old: JsonMapping | None,
    new: JsonMapping | None,
) -> Iterator[tuple[str, Any, Any]]:
    """Return name, old and new value of everything in either mapping."""
    before, after = old or {}, new or {}
    for name in (*before, *(name for name in after if name not in before)):
        if not name.startswith('x-'):
            yield name, before.get(name), after.get(name)


def _operations(path_item: JsonMapping) -> JsonMapping:
    named = {
        method: operation
        for method, operation in path_item.items()
        if method in METHODS_AND_QUERY
    }
    return {**named, **path_item.get('additionalOperations', {})}


def _requirements(
    operation: JsonMapping, document: JsonMapping
) -> list[JsonMapping]:
    requirements: list[JsonMapping] = operation.get(
        'security',
        document.get('security', []),
    )
    return requirements


def _breaking(pointer: Pointer, message: str) -> Change:
    return Change(pointer=str(pointer), message=message, breaking=True)


def _compatible(pointer: Pointer, message: str) -> Change:
    return Change(pointer=str(pointer), message=message, breaking=False)
