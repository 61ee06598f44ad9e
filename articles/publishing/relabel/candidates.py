"""Which articles a change of the registers may concern: found through stored mentions and the index of words."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.db.models import Q

from ... import search
from ...footnotes.annotate import Compiled
from ...footnotes.registers import Registers
from ...footnotes.types import Register
from ...models import Mention, Release, Site

SOME = 500  # ids in one query


def changed_organizations(before: Registers, after: Registers) -> set[str]:
    """Return the keys of the organizations that are new, gone, or of which names, designations or policy differ."""
    old, new = before.organizations, after.organizations
    changed = {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    policies = differing(before, after, policy_of) | switched(before, after)
    return changed | {
        key for key, one in new.items() if any(designation.register in policies for designation in one.designations)
    }


def changed_registers(before: Registers, after: Registers) -> set[str]:
    """Return the keys of the registers whose notes differ."""
    return differing(before, after, lambda register: register.notes)


def switched(before: Registers, after: Registers) -> set[str]:
    """Return the keys of the registers whose jurisdiction comes into force or goes out of it."""
    keys = before.registers.keys() | after.registers.keys()
    return {key for key in keys if before.applies(key) != after.applies(key)}


def differing(before: Registers, after: Registers, what: Callable[[Register], object]) -> set[str]:
    """Return the keys of the registers that are new, gone, or differ in something."""
    old, new = before.registers, after.registers
    kept = old.keys() & new.keys()
    return (old.keys() ^ new.keys()) | {key for key in kept if what(old[key]) != what(new[key])}


def policy_of(register: Register) -> tuple[str, str, str]:
    return register.status, register.archive, register.lifted


def prints_other_notice(before: Registers, after: Registers, organizations: set[str]) -> bool:
    """Say whether the change concerns the notice that the outlet prints of itself at the head of every article."""
    publisher = Site.current().publisher
    if publisher is None:
        return False
    return publisher.key in organizations or before.own_notice != after.own_notice


def turning(compiled: Compiled, since: date, until: date) -> set[str]:
    """Return the organizations of which a designation begins or ends after `since`, up to and on `until`.

    The version in force is asked, not the rows: what waits there does not mark anything yet.
    """
    book = compiled.registers
    return {
        key
        for key, one in book.organizations.items()
        if any(
            day and since < day <= until
            for period in one.designations
            if book.applies(period.register)
            for day in (period.since, period.until)
        )
    }


def candidate_articles(
    versions: Iterable[Compiled], organizations: set[str], registers: set[str], at: datetime
) -> list[int]:
    """Return the ids of the articles, live or scheduled at `at`, that the change may concern, in order.

    An article concerns an organization that its edition marks, or of which it holds a form of a name in one of
    the versions; it concerns a register that one of its marks stands for.
    """
    forms = {form for compiled in versions for form in compiled.forms_of(organizations)}
    marked = Q(organization__key__in=organizations)
    for register in registers:
        marked |= Q(registers__contains=register)
    editions: set[int] = set()
    if organizations or registers:
        editions = set(Mention.objects.filter(marked).values_list("edition_id", flat=True).iterator())
    return sorted(shown("indexed_as", search.editions_with(forms), at) | shown("edition", editions, at))


def shown(column: str, editions: set[int], at: datetime) -> set[int]:
    """Return the articles with a release, live or scheduled at `at`, of which the column names one of the editions."""
    found: set[int] = set()
    ids = sorted(editions)
    for start in range(0, len(ids), SOME):
        releases = Release.objects.not_ended(at).filter(**{f"{column}__in": ids[start : start + SOME]})
        found.update(releases.values_list("article_id", flat=True))
    return found
