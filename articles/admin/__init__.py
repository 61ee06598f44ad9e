"""The newsroom's desk: one module for each record, declared top to bottom; what a button does is a use case."""

from . import (  # noqa: F401
    article,
    author,
    batch,
    importing,
    organization,
    outlet,
    people,
    photo,
    queue,
    register,
    register_version,
    rubrics,
)
from .record import (  # noqa: F401
    correction,
    event,
    record,
)
from .works import (  # noqa: F401
    job,
    outbox,
    page,
)
