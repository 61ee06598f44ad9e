"""The newsroom's desk: one module for each record, declared top to bottom; what a button does is a use case."""

from .articles import (  # noqa: F401
    article,
    author,
    front,
    photo,
    queue,
)
from .articles.posts import desk  # noqa: F401
from .record import (  # noqa: F401
    correction,
    event,
    record,
)
from .registers import (  # noqa: F401
    batch,
    importing,
    organization,
    register,
    register_version,
)
from .registers.lists import files, layouts  # noqa: F401
from .site import (  # noqa: F401
    accounts,
    freeze,
    outlet,
    people,
    rubrics,
    style,
)
from .works import (  # noqa: F401
    job,
    outbox,
    page,
    trouble,
)
