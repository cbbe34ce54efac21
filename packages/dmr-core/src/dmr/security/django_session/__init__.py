"""Sessions of Django as authentication; views are in `.views`."""

from dmr.security.django_session.auth import (
    DjangoSessionAsyncAuth as DjangoSessionAsyncAuth,
)
from dmr.security.django_session.auth import (
    DjangoSessionSyncAuth as DjangoSessionSyncAuth,
)
