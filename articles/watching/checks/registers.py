"""Is the list of who is designated that of today?"""

from collections.abc import Iterator
from datetime import datetime

from ...models import Register
from ..kinds import Finding, found

SHOWN = 5


def stale_registers(at: datetime) -> Iterator[Finding]:
    """Name the registers that nobody has held against their keeper's list for too long."""
    stale = [one.key for one in Register.objects.order_by("position", "key") if one.is_stale(at)]
    if stale:
        keys = ", ".join(stale[:SHOWN]) + ("…" if len(stale) > SHOWN else "")
        yield found("registers", number=len(stale), keys=keys)
