"""The statuses that registers give, declared once: a row for each, in the order in which several are named.

What a register file may name, the choice at the desk and the formulas that the engine reads in running text are derived
from here. A status has its word for the desk in `models.register` and its colour in `admin.registers.register`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Status:
    """`key`: as register files name it. `roots`: one of them stands in every formula that states it.

    `formulas`: what running text calls it, as regular expressions. `stem_ru`, `word_en`: the word by which a short
    sentence calls a body so, "deemed extremist", «признали экстремистской»; empty where it takes several. All folded.
    """

    key: str
    roots: tuple[str, ...]
    formulas: tuple[str, ...]
    stem_ru: str = ""
    word_en: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """Return what of it is enough for a cue to be of this status."""
        return tuple(filter(None, (self.stem_ru, self.word_en))) or self.roots


STATUSES = (
    Status("terrorist", ("террорист", "terrorist"), (r"террорист\w*", "terrorist"), "террорист", "terrorist"),
    Status("extremist", ("экстремист", "extremist"), (r"экстремист\w*", "extremist"), "экстремист", "extremist"),
    Status("undesirable", ("нежелательн", "undesirable"), (r"нежелательн\w+", "undesirable"), "нежелат", "undesirable"),
    Status(
        "foreign_agent",
        ("агент", "agent"),
        (r"ино ?агент\w*", r"иностранн\w+ агент\w*", r"foreign[ \"']+agents?"),
    ),
)
STATUS_ORDER = tuple(one.key for one in STATUSES)
NOTICED = "foreign_agent"  # what has an outlet on such a register print a notice of itself

ROOTS = tuple(root for one in STATUSES for root in one.roots)
WORDS = tuple(word for one in STATUSES for word in one.words)
FORMULAS = "|".join(formula for one in STATUSES for formula in one.formulas)
STEMS_RU = "|".join(one.stem_ru for one in STATUSES if one.stem_ru)
WORDS_EN = "|".join(one.word_en for one in STATUSES if one.word_en)
