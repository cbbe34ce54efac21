"""What a Server-Sent Event has."""

import dataclasses
import re
from typing import Any, Final, Generic, Protocol, final, runtime_checkable

# It has a default, which Python itself knows from 3.13 on.
from typing_extensions import TypeVar

from dmr.errors import quoted

_DataT_co = TypeVar('_DataT_co', covariant=True, default=Any)

#: Ends a field, or makes the client ignore it.
_FORBIDDEN: Final = re.compile('[\0\r\n]')


@runtime_checkable
class SSE(Protocol):
    """What an event must have; any object that has it can be sent.

    ``None`` leaves a field out. *should_serialize_data* is ``False`` when
    *data* are bytes that are sent as they are.
    """

    @property
    def data(self) -> Any:
        """Payload, rendered unless it is sent as it is."""

    @property
    def event(self) -> str | None:
        """Type of the event, clients listen for it."""

    @property
    def id(self) -> int | str | None:
        """What a client sends back as ``Last-Event-ID``."""

    @property
    def retry(self) -> int | None:
        """Milliseconds after which a client connects again."""

    @property
    def comment(self) -> str | None:
        """Text that clients ignore."""

    @property
    def should_serialize_data(self) -> bool:
        """Tell whether *data* must be rendered."""
        ...


@final
@dataclasses.dataclass(slots=True)
class SSEvent(Generic[_DataT_co]):
    """One event, generic over its data.

    >>> SSEvent({'price': 10}, event='price', id=7)
    SSEvent(data={'price': 10}, event='price', id=7)

    With ``serialize=False`` *data* are bytes that are sent as they are.

    Raises:
        ValueError: all fields are ``None``; unserialized data are no bytes;
            *id* or *event* has a character that would end the field.
    """

    data: _DataT_co | None = None
    _: dataclasses.KW_ONLY
    event: str | None = None
    id: int | str | None = None
    retry: int | None = None
    comment: str | None = None
    serialize: bool = True

    def __post_init__(self) -> None:
        """Check what can be checked before the event is sent."""
        name, event_id = self.event, self.id
        if (
            self.data is None
            and name is None
            and event_id is None
            and self.retry is None
            and self.comment is None
        ):
            raise ValueError(
                'An event needs at least one of data, event, id, retry and '
                'comment.',
            )
        if not self.serialize and not isinstance(self.data, bytes):
            raise ValueError(
                f'Data of type {type(self.data)} must be bytes to be sent '
                'as they are. Leave out `serialize=False`.',
            )
        if name is not None and has_line_end(name):
            check_event_field(name, 'event')
        if event_id is not None and type(event_id) is not int:
            check_event_field(event_id, 'id')

    @property
    def should_serialize_data(self) -> bool:
        """Tell whether *data* must be rendered."""
        return self.serialize

    def __repr__(self) -> str:
        given = ', '.join(
            f'{field.name}={getattr(self, field.name)!r}'
            for field in dataclasses.fields(self)
            if getattr(self, field.name) != field.default
        )
        return f'SSEvent({given})'


def has_line_end(found: object) -> bool:
    """Tell whether *found* is text that would end the field it stands in."""
    return isinstance(found, str) and _FORBIDDEN.search(found) is not None


def check_event_field(found: object, field_name: str) -> None:
    """Check that the text of a field has no character that would end it.

    Raises:
        ValueError: it has a line break, or a NUL which clients do not take.
    """
    if has_line_end(found):
        raise ValueError(
            f'Field {field_name!r} of an event must not contain NUL, CR or '
            f'LF: {quoted(repr(found))}',
        )
