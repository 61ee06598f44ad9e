"""The state that a file was compared with: of the registers' rows and of the lines stored before."""

import hashlib

from django.utils.translation import gettext as _

from ... import registers as rows
from ...models import KeeperLine, ListFile, Register
from ...publishing import Refused


def state_of(register: Register) -> str:
    """Return the SHA-256 of all rows of the registers and of the lines of this one: another one after any change."""
    digest = hashlib.sha256(rows.state_of_rows().encode())
    lines = KeeperLine.objects.filter(register=register).order_by("pk")
    for line in lines.values_list("pk", "digest", "data", "names", "state", "organization_id"):
        digest.update(repr(line).encode())
    return digest.hexdigest()


def answers_state(file: ListFile) -> str:
    """Return the SHA-256 of every row of the file with its answers and names."""
    digest = hashlib.sha256()
    columns = (
        "pk", "change", "asked", "entry_id", "keeper_line_id", "with_position", "answer", "ends_on", "names", "data",
    )  # fmt: skip
    for row in file.rows.order_by("pk").values_list(*columns):
        digest.update(repr(row).encode())
    return digest.hexdigest()


def state_of_file(file: ListFile) -> str:
    """Return the SHA-256 of all that a plan is made of: the rows of the registers, the lines, the answers."""
    return hashlib.sha256((state_of(file.register) + answers_state(file)).encode()).hexdigest()


def hold(file: ListFile) -> None:
    """Lock the file in the caller's transaction, and look whether it still waits. Raises Refused."""
    if ListFile.objects.select_for_update().get(pk=file.pk).state != "waiting":
        raise Refused("", _("This file was stored or dropped already."))


def changed_since() -> str:
    return _("This has changed since you looked: look again.")
