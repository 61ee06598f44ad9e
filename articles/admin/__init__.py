"""The newsroom's desk: one module for each record, declared top to bottom; what a button does is a use case."""

from . import (  # noqa: F401
    article,
    author,
    batch,
    correction,
    event,
    importing,
    organization,
    outlet,
    people,
    photo,
    queue,
    record,
    register,
    register_version,
    rubrics,
)
from .works import (  # noqa: F401
    job,
    outbox,
    page,
)
