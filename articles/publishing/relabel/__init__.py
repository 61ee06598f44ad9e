"""When a register changes the archive follows: what may change, what would change, and the batch that does it."""

from .apply import apply_version, follow_dates, follow_house, relabel_all, reverse
from .batch import resume, start_batch, stop, work_batches
from .candidates import candidate_articles, changed_organizations, changed_registers
from .impact import Counted, Impact, impact_of

__all__ = [
    "Counted",
    "Impact",
    "apply_version",
    "candidate_articles",
    "changed_organizations",
    "changed_registers",
    "follow_dates",
    "follow_house",
    "impact_of",
    "relabel_all",
    "resume",
    "reverse",
    "start_batch",
    "stop",
    "work_batches",
]
