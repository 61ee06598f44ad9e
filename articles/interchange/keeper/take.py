"""Take a keeper's file: read in memory, its lines kept without what must be stored nowhere, and compared at once."""

import hashlib
import time
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ...lists.difference import HALF
from ...lists.layouts import Layout
from ...lists.read import Read, read
from ...lists.refused import NoList
from ...lists.understand import understood
from ...models import KeeperLine, ListFile, ListLayout, ListRow, Register
from ...publishing import Refused
from ...publishing.events import log
from ...publishing.relabel.pace import Pace
from ...publishing.roles import require, staff_id
from .compare import first_compared
from .layouts import layout_of_row, own_layouts, row_of
from .lines import list_key, questions, told
from .refusing import kept_mistake, unreadable
from .storing import drop


def take(
    content: bytes,
    file_name: str,
    register: Register,
    layout: ListLayout | None = None,
    *,
    partial: bool = False,
    by: User | None,
    at: datetime,
) -> ListFile:
    """Keep what may be kept of the file, held against the register: nothing of the registers is changed by it.

    Raises Unreadable for what is no list, with row and column; Refused for a file that cannot be this register's next.
    """
    if by is not None:
        require(by, "change_register")
    file, rows = prepared(content, file_name, register, layout, partial=partial, by=by, at=at)
    keep(file, rows, by=by, at=at)
    return file


def prepared(
    content: bytes,
    file_name: str,
    register: Register,
    layout: ListLayout | None = None,
    *,
    partial: bool = False,
    by: User | None,
    at: datetime,
) -> tuple[ListFile, list[ListRow]]:
    """Return the file and its rows, compared, as they would be kept: nothing is written. Raises as `take` does."""
    found = read_file(content, layout)
    sha256 = hashlib.sha256(content).hexdigest()
    check_keeper(register, found.layout, named=layout is not None)
    check_order(register, found, sha256, partial=partial)
    file = ListFile(
        register=register,
        layout=layout or row_of(found.layout),
        file_name=file_name[-200:],
        sha256=sha256,
        as_of=found.as_of,
        partial=partial,
        faults=[kept_mistake(one, {line.row for line in found.lines}) for one in found.faults],
        made_at=at,
        made_by=staff_id(by) if by else None,
    )
    rows = [
        ListRow(file=file, position=number, where=line.raw.where, questions=questions(line), **told(line))
        for number, line in enumerate(understood(found, list_key()), 1)
    ]
    return file, first_compared(file, rows, at=at)


def keep(file: ListFile, rows: list[ListRow], *, by: User | None, at: datetime) -> None:
    """Store the file and its rows, some in a transaction: SQLite has one writer, and editors save meanwhile.

    Until all are there it counts as dropped, so that what a broken off process leaves is no file that waits.
    """
    file.state, file.ended_at = "dropped", at
    file.save()
    pace, done = Pace(), 0
    while some := rows[done : done + pace.number]:
        began = time.monotonic()
        ListRow.objects.bulk_create(some)
        pace.rest(len(some), time.monotonic() - began)
        done += len(some)
    with transaction.atomic():
        if by is None:
            drop_untouched(file.register, at=at)
        file.state, file.ended_at = "waiting", None
        file.save(update_fields=["state", "ended_at"])
        counts = {key: count for key, count in file.counts.items() if count}
        log("list taken", by=by, at=at, register=file.register.key, file=file.pk, sha256=file.sha256, **counts)


def drop_untouched(register: Register, *, at: datetime) -> None:
    """Drop files that a command took before and that nobody has looked at: the newer one takes their place."""
    for file in ListFile.objects.filter(register=register, state="waiting", made_by=None):
        if not file.rows.exclude(answered_by=None, names_by=None).exists():
            drop(file, by=None, at=at)


def read_file(content: bytes, layout: ListLayout | None) -> Read:
    """Return what was read. Raises Unreadable."""
    try:
        return read(content, layout_of_row(layout) if layout else "", own_layouts())
    except NoList as error:
        raise unreadable(error) from error


def check_keeper(register: Register, layout: Layout, *, named: bool) -> None:
    """Refuse another keeper's file: one whose layout is of another register, or not that of the file before."""
    other = Register.objects.filter(key=layout.register).exclude(pk=register.pk).first()
    if other is not None:
        values = {"file": other.key, "register": register.key}
        raise Refused(
            "file",
            _("This is another keeper's file: it is of “%(file)s”, not of “%(register)s”. Take it there.") % values,
        )
    last = last_file(register)
    before = last.layout if last else None
    if before is not None and before.name != layout.name and not named:
        values = {"file": layout.name, "before": before.name}
        raise Refused(
            "file",
            _(
                "This is another keeper's file: it looks like “%(file)s”; the last one of this register was of"
                " “%(before)s”. If the keeper publishes otherwise now, name the layout."
            )
            % values,
        )


def check_order(register: Register, found: Read, sha256: str, *, partial: bool) -> None:
    """Refuse a file that waits already or was stored before the last one, an older one, one half as long."""
    waits = ListFile.objects.filter(register=register, sha256=sha256, state="waiting").first()
    if waits is not None:
        raise Refused("file", _("This file waits already, taken on %s: go on with it.") % day_of(waits.made_at))
    last = last_file(register)
    if last is not None and not partial:
        same = ListFile.objects.filter(register=register, sha256=sha256, state__in=("stored", "checked"), partial=False)
        if last.sha256 != sha256 and same.exists():
            raise Refused("file", _("This file was stored before the last one: take the keeper's newest file."))
        if found.as_of and last.as_of and found.as_of < last.as_of:
            values = {"file": shown(found.as_of), "last": shown(last.as_of)}
            message = _("The file is as of %(file)s, older than the last one, as of %(last)s: take the newest file.")
            raise Refused("file", message % values)
    known = KeeperLine.objects.filter(register=register, state="listed").count()
    if not partial and len(found.lines) + len(found.faults) < HALF * known:
        lines = {"file": len(found.lines), "known": known}
        raise Refused(
            "partial",
            _(
                "Lines of the file: %(file)d; of the keeper's last list: %(known)d. It is not whole:"
                " take the whole file, or say that it holds only a part of the list."
            )
            % lines,
        )


def last_file(register: Register) -> ListFile | None:
    """Return the whole file that was stored, or checked, last."""
    done = ListFile.objects.filter(register=register, state__in=("stored", "checked"), partial=False)
    return done.select_related("layout").order_by("-ended_at", "-pk").first()


def shown(day: date) -> str:
    return date_format(day, "j E Y")


def day_of(moment: datetime) -> str:
    return date_format(moment, "j E Y")
