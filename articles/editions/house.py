"""What every edition of a moment is made with: the outlet's settings and one register version."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ..footnotes.annotate import Compiled
from ..footnotes.ledger import Ledger
from ..footnotes.statuses import NOTICED
from ..footnotes.types import Designation, Style
from ..models import RegisterVersion, Site
from ..registers import current_version, loaded


@dataclass(frozen=True)
class House:
    """One outlet under one register version; everything of one act uses the same."""

    site: Site
    version: RegisterVersion
    compiled: Compiled

    @classmethod
    def current(cls) -> "House":
        """Return the outlet as it is now, under the version in force. Raises NoRegisters while there is none."""
        return cls.under(current_version())

    @classmethod
    def under(cls, version: RegisterVersion) -> "House":
        """Return the outlet as it is now, under a given version."""
        return cls(Site.current(), version, loaded(version.pk, version.digest))

    @property
    def publisher(self) -> str | None:
        """Return the key of the outlet's own organization."""
        return self.site.publisher.key if self.site.publisher else None

    @property
    def style(self) -> Style:
        bylines = "mark" if self.site.listed_authors == "mark" else "nothing"
        return Style(glyphs=self.site.glyphs, mentions=self.site.mentions, bylines=bylines)

    def day(self, at: datetime) -> date:
        """Return the newsroom's day of a moment."""
        return at.astimezone(self.site.zone).date()

    def own_notice(self, on: date) -> dict[str, Any] | None:
        """Return the notice that the outlet prints of itself on a day: {language, text, size, place}, or None."""
        return self.notice_of(self.publisher, on, self.site.own_notice_name) if self.publisher else None

    def notice_of(self, key: str, on: date, name: str = "") -> dict[str, Any] | None:
        """Return the notice for an entry while it stands on a register of foreign agents, else None.

        Wording and designation are those of the version. `name`: as it is printed in place of the entry's own.
        """
        book = self.compiled.registers
        entry = book.organizations.get(key)
        if entry is None or not any(
            is_in_force(one, on) and book.applies(one.register) and book.registers[one.register].status == NOTICED
            for one in entry.designations
        ):
            return None
        for language, notice in book.own_notice.items():
            return {
                "language": language,
                "text": notice["text"].replace("{name}", name or entry.display_name(language)),
                "size": notice.get("size", 1),
                "place": notice.get("place", "head"),
            }
        return None

    def ledger(self, language: str) -> Ledger:
        """Return an empty ledger in the house style, with the wordings of the version."""
        return Ledger(self.compiled.registers, self.style, language)


def is_in_force(designation: Designation, on: date) -> bool:
    """Say whether a designation holds on a day; an unknown start counts as in force on every day."""
    since, until = designation.since, designation.until
    return (since is None or since <= on) and (until is None or on < until)
