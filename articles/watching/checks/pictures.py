"""Can the smaller sizes of photos be made, and photos be kept as they came?"""

from collections.abc import Iterator
from datetime import datetime

from ...models import Rendition
from ...photos import camera
from ..kinds import Finding, found


def renditions(at: datetime) -> Iterator[Finding]:
    """Count the photos of which the last attempt has failed, and say why one of them did."""
    failing = Rendition.objects.exclude(last_error="").order_by("-pk")
    if number := failing.count():
        yield found("failing_renditions", number=number, why=failing[0].last_error)


def camera_files(at: datetime) -> Iterator[Finding]:
    """Ask whether files can be kept as they came, where they are to be."""
    if what := camera.trouble():
        yield found(f"camera_{what}")
