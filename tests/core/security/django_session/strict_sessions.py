"""Sessions that complain about NUL, as PostgreSQL does and SQLite does not."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from typing_extensions import override


class SessionStore(DatabaseStore):
    """The name that Django looks for."""

    @override
    def _get_session_from_db(self) -> Any:
        assert '\0' not in self.session_key
        return super()._get_session_from_db()

    @override
    async def _aget_session_from_db(self) -> Any:
        assert '\0' not in self.session_key
        return await super()._aget_session_from_db()
