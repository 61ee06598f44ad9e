"""When a register changes the archive follows: what may change, what would change, and the batch that does it."""

from .apply import apply_version, follow_dates, follow_house, relabel_all, reverse
from .batch import resume, start_batch, stop, work_batches
from .candidates import candidate_articles, changed_organizations, changed_registers
from .impact import Counted, Impact, impact_of
from .wordings import Lacking, lacking, require_wordings

__all__ = [
    "Counted",
    "Impact",
    "Lacking",
    "apply_version",
    "candidate_articles",
    "changed_organizations",
    "changed_registers",
    "follow_dates",
    "follow_house",
    "impact_of",
    "lacking",
    "relabel_all",
    "require_wordings",
    "resume",
    "reverse",
    "start_batch",
    "stop",
    "work_batches",
]
