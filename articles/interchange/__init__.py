"""Registers in: a file of any known form becomes the one shape of the register file, is held against the rows, kept."""

from .by_hand import changed_since, state_of
from .difference import Difference, RegisterChange, differences
from .exporting import harmless, register_file, register_table
from .mapping import Mapping
from .plan import Plan
from .planning import Planned, plan_of, planned
from .reading import MOST_BYTES, is_keepers, read_register, without_private
from .refused import Fault, Unreadable, unusable, worded
from .separating import Chosen, Proposed, proposed, separate_entry
from .store import Imported, import_register
from .trial import Occurrence, Trial, try_name, try_words
from .uniting import merge_entries, united
from .waiting import discard, in_force, waiting

__all__ = [
    "MOST_BYTES",
    "Chosen",
    "Difference",
    "Fault",
    "Imported",
    "Mapping",
    "Occurrence",
    "Plan",
    "Planned",
    "Proposed",
    "RegisterChange",
    "Trial",
    "Unreadable",
    "changed_since",
    "differences",
    "discard",
    "harmless",
    "import_register",
    "in_force",
    "is_keepers",
    "merge_entries",
    "plan_of",
    "planned",
    "proposed",
    "read_register",
    "register_file",
    "register_table",
    "separate_entry",
    "state_of",
    "try_name",
    "try_words",
    "united",
    "unusable",
    "waiting",
    "without_private",
    "worded",
]
