"""What every edition of a moment is made with: the outlet's settings and one register version."""

from dataclasses import dataclass
from datetime import date, datetime

from ..footnotes.annotate import Compiled
from ..footnotes.ledger import Ledger
from ..footnotes.types import Style
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
        return Style(glyphs=self.site.glyphs, mentions=self.site.mentions)

    def day(self, at: datetime) -> date:
        """Return the newsroom's day of a moment."""
        return at.astimezone(self.site.zone).date()

    def ledger(self, language: str) -> Ledger:
        """Return an empty ledger in the house style, with the wordings of the version."""
        return Ledger(self.compiled.registers, self.style, language)
