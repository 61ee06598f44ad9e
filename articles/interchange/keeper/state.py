"""The state that a file was compared with: of the registers' rows and of the lines stored before."""

import hashlib

from django.db.models import F
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


def state_of_file(file: ListFile) -> str:
    """Return the SHA-256 of all that a plan is made of: the rows of the registers, the lines, the answers."""
    return hashlib.sha256(f"{state_of(file.register)} {file.pk} {version_of(file)}".encode()).hexdigest()


def version_of(file: ListFile) -> int:
    """Return the version of the file's answers, as it is stored."""
    return ListFile.objects.values_list("version", flat=True).get(pk=file.pk)


def hold(file: ListFile, *, answered: bool = True) -> None:
    """Lock the file in the caller's transaction, and look whether it still waits. Raises Refused.

    `answered`: its answers change, so that no plan made before holds.
    """
    if ListFile.objects.select_for_update().get(pk=file.pk).state != "waiting":
        raise Refused("", _("This file was stored or dropped already."))
    if answered:
        ListFile.objects.filter(pk=file.pk).update(version=F("version") + 1)


def changed_since() -> str:
    return _("This has changed since you looked: look again.")
