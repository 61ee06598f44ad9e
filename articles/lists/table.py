"""A grid, by its layout, to raw lines: the header is found by its words, what is no line of the list is passed over."""

import csv
import re
from typing import Any

from ..footnotes.types import Resource
from .dates import days, first_day
from .grid import Grid, GridRow, text_of
from .layouts import Layout
from .line import Raw
from .people import is_person
from .private import BARE_DAY, without_private
from .refused import Mistake, NoList, say
from .refused import gettext_noop as _
from .resources import handles, resources
from .text import clean, plain

MOST_TITLE_ROWS = 30
NO_LINE = re.compile(r"^(?:всего|итого|total)\b|^\d{4}\s*(?:год|г\.?)?$", re.IGNORECASE)
PERSON = re.compile(r"физическ|person|individual|лицо$|граждан", re.IGNORECASE)
GENDER = re.compile(r"(?P<m>м\w*|m(?:ale)?|man)$|(?P<f>ж\w*|f(?:emale)?|w(?:oman)?)$", re.IGNORECASE)
ENDED = re.compile(r"исключ[её]н\w*|отмен[её]н\w*|прекращ[её]н\w*|removed|delisted|delete?d", re.IGNORECASE)
CANCELLED = re.compile(r"отмен[её]н|утратил|исключ[её]н", re.IGNORECASE)
Roles = dict[str, list[int]]


def header_of(grid: Grid, layout: Layout) -> tuple[int, Roles] | None:
    """Return the index of the row that heads the table, and which columns hold what."""
    for at, row in enumerate(grid.rows[:MOST_TITLE_ROWS]):
        roles = layout.roles_of(row.cells)
        if roles:
            return at, roles
    return None


def read_table(grid: Grid, layout: Layout) -> tuple[list[Raw], list[Mistake]]:
    """Return the lines of the table and what stopped others. Raises NoList."""
    found = header_of(grid, layout)
    if found is None:
        raise NoList(
            say(
                _("no row heads the columns that the layout “%(name)s” needs: %(must)s"),
                name=layout.name,
                must=", ".join(layout.must),
            )
        )
    at, roles = found
    heading = {role: clean(text_of(grid.rows[at].cells[columns[0]])) for role, columns in roles.items()}
    lines, faults = [], []
    named = heading.get("name") or heading.get("family", "")
    for row in grid.rows[at + 1 :]:
        if not _is_line(row, roles, layout):
            continue
        if row.merged:
            faults.append(
                Mistake(row.number, named, say(_("merged cells (%(merged)s): separate them"), merged=row.merged))
            )
            continue
        raw = _raw(row, roles, layout, grid)
        if not raw.name:
            faults.append(Mistake(row.number, named, say(_("there is no name"))))
        elif len(raw.name) > 4000:
            faults.append(Mistake(row.number, named, say(_("the name has %(letters)d letters"), letters=len(raw.name))))
        else:
            lines.append(raw)
    return lines, faults


def _cell(row: GridRow, roles: Roles, role: str) -> Any:
    columns = roles.get(role)
    return row.cells[columns[0]] if columns and columns[0] < len(row.cells) else ""


def _text(row: GridRow, roles: Roles, role: str) -> str:
    return clean(text_of(_cell(row, roles, role)))


def _is_line(row: GridRow, roles: Roles, layout: Layout) -> bool:
    """Say whether the row is a line of the list: no year, total, empty row, row of numbers, repeated header."""
    texts = [clean(text_of(cell)) for cell in row.cells]
    filled = {text for text in texts if text}
    heading = _text(row, roles, "name") or _text(row, roles, "family")
    if not filled or (_heads(heading, layout) and layout.roles_of(row.cells)):
        return False
    if len(filled) > 2 and [text for text in texts if text] == [str(at) for at, text in enumerate(texts, 1) if text]:
        return False  # the columns numbered beneath their headings
    if len(filled) == 1 and (NO_LINE.search(next(iter(filled))) or (len(texts) > 1 and len(set(texts)) == 1)):
        return False
    name, number = _text(row, roles, "name") or _text(row, roles, "family"), _text(row, roles, "number")
    if NO_LINE.search(name) and len(filled) <= 2:
        return False
    heads = [plain(text) for text in texts]
    repeated = _heads(name, layout)
    return not (repeated and number and not re.search(r"\d", number) and any("дата" in one for one in heads))


def _heads(text: str, layout: Layout) -> bool:
    """Say whether a cell of names begins like the heading of that column."""
    heads = [*layout.columns.get("name", []), *layout.columns.get("family", [])]
    return any(re.match(one, plain(text)) for one in heads)


def _raw(row: GridRow, roles: Roles, layout: Layout, grid: Grid) -> Raw:
    parts, name = _parts(row, roles)
    name, hidden = without_private(name)
    number = _text(row, roles, "number").rstrip(". ")
    where: dict[str, Any] = {"row": row.number} if grid.numbered or not number else {}
    where |= {"number": number} if number else {}
    if "id" in roles:
        where = {"id": _text(row, roles, "id")}
    since = days(_cell(row, roles, layout.since_from))
    raw = Raw(where, row.number, clean(name), kind=layout.kind, machine=layout.machine, parts=parts)
    raw.since = since[0] if since else None
    raw.until = first_day(_cell(row, roles, "until"))
    raw.decided = first_day(_cell(row, roles, "decided")) or first_day(_cell(row, roles, "court"))
    raw.published = first_day(_cell(row, roles, "published"))
    raw.order = _order(_text(row, roles, "order")) if layout.since_from == "order" else ""
    raw.registration = _text(row, roles, "registration")
    members = without_private(_text(row, roles, "members"))[0].strip("[] ")
    raw.members = [clean(one) for one in re.split(r"[,;]", members) if clean(one) and not BARE_DAY.search(" " + one)]
    raw.resources = resources(text_of(_cell(row, roles, "resources")))
    raw.questions = (
        [say(_("weak and former names stand among the others here: kinds and strengths are guesses"))]
        if layout.mixed
        else []
    )
    _kind(raw, _text(row, roles, "type") or _text(row, roles, "schema"))
    said = GENDER.match(_text(row, roles, "gender"))
    raw.gender = ("m" if said["m"] else "f") if said else ""
    _numbers(raw, row, roles, hidden)
    raw.aliases = _aliases(without_private(text_of(_cell(row, roles, "aliases")))[0], layout)
    _bare_birth(raw)
    for handle in handles(raw.name):
        raw.resources.append(Resource("account", handle, "t.me"))
    if "resources" not in roles:
        raw.resources += [one for one in resources(raw.name) if one.kind == "host" and _is_site(raw.name, one.value)]
    raw.name = clean(re.sub(r"\(\s*@\w+\s*\)|(?<![\w.])@\w{4,}", "", raw.name))
    _remark(raw, _text(row, roles, "remark"))
    notes(raw, row, grid.notes)
    return raw


def _parts(row: GridRow, roles: Roles) -> tuple[tuple[str, str, str] | None, str]:
    """Return the parts of a person's name where each has a column, and the whole name."""
    name = _text(row, roles, "name")
    family, given, patronymic = (
        without_private(_text(row, roles, part))[0].strip(" ,") for part in ("family", "given", "patronymic")
    )
    if not family or not given:
        return None, name or family or given
    return (family, given, patronymic), clean(f"{family} {given} {patronymic}")


def _is_site(name: str, host: str) -> bool:
    """Say whether a host in a name is an address, not a name with a dot: by a scheme or a word before it."""
    return bool(
        re.search(rf"(?:https?://(?:www\.)?|(?:сайт|ресурс|портал|издание)\s+[«\"]?){re.escape(host)}", plain(name))
    )


def _bare_birth(raw: Raw) -> None:
    """Take a day that stands bare behind a person's name out of it: it can only be that of the birth."""
    found = BARE_DAY.search(raw.name)
    if found and (raw.kind == "person" or (not raw.kind and is_person(raw.name[: found.start()]))):
        raw.private["birth"] = found[0].strip(" ,()")
        raw.name = raw.name[: found.start()].rstrip(" ,(")


def _kind(raw: Raw, said: str) -> None:
    if not raw.kind and raw.parts:
        raw.kind = "person"
    if not raw.kind and said:
        raw.kind = "person" if PERSON.search(said) else "organization"


def _numbers(raw: Raw, row: GridRow, roles: Roles, hidden: dict[str, str]) -> None:
    """Sort the numbers: a legal person's register number may be kept, all else is private."""
    ogrn = _text(row, roles, "ogrn") or hidden.pop("ogrn", "")
    raw.ogrn = ogrn if raw.kind != "person" else ""
    inn = _text(row, roles, "inn")
    if inn:
        raw.private["inn"] = inn
    for at in roles.get("private", []):
        text = clean(text_of(row.cells[at])) if at < len(row.cells) else ""
        if text:
            raw.private[f"column {at}"] = text
    raw.private |= hidden


def _aliases(text: str, layout: Layout) -> list[tuple[str, str, str]]:
    if not text.strip():
        return []
    parts = next(csv.reader([clean(text)], delimiter=";"), []) if layout.aliases_as == "csv" else [text]
    return [(clean(part), "", "") for part in parts if clean(part)]


def _order(text: str) -> str:
    found = re.search(r"№\s*([\w-]+)", text)
    return found[1] if found else ""


def _remark(raw: Raw, text: str) -> None:
    if ENDED.search(text) and raw.until is None:
        found = ENDED.search(text)
        raw.until = first_day(text[found.start() :]) if found else None
        if raw.until is None:
            raw.questions.append(
                say(
                    _("the remark reads “%(remark)s”: since when it no longer holds is not said"),
                    remark=without_private(text)[0][:120],
                )
            )


def notes(raw: Raw, row: GridRow, found: dict[str, str]) -> None:
    """Ask about what a footnote says of the line."""
    for mark in row.marks:
        text = found.get(mark, "")
        if CANCELLED.search(text):
            raw.questions.append(say(_("a footnote says: “%(note)s” Has the designation ended?"), note=text[:200]))
        elif text:
            raw.questions.append(say(_("a footnote says: “%(note)s”"), note=text[:200]))
