"""Registers in: a file of any known form becomes the one shape of the register file, is held against the rows, kept."""

from .difference import Difference, RegisterChange, differences
from .mapping import Mapping
from .plan import Plan
from .planning import Planned, plan_of, planned
from .reading import MOST_BYTES, is_keepers, read_register, without_private
from .refused import Fault, Unreadable, unusable, worded
from .store import Imported, import_register
from .trial import Occurrence, Trial, try_name, try_words
from .waiting import discard, in_force, waiting

__all__ = [
    "MOST_BYTES",
    "Difference",
    "Fault",
    "Imported",
    "Mapping",
    "Occurrence",
    "Plan",
    "Planned",
    "RegisterChange",
    "Trial",
    "Unreadable",
    "differences",
    "discard",
    "import_register",
    "in_force",
    "is_keepers",
    "plan_of",
    "planned",
    "read_register",
    "try_name",
    "try_words",
    "unusable",
    "waiting",
    "without_private",
    "worded",
]
