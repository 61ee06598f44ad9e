"""Pages of the reader into the page store at the time they are due, the archive's periods closed, the store checked."""

from .bake import bake_dirty, bake_paths
from .jobs import JOBS, NotRepeatable, close_periods, rerun, run_now, work
from .pulse import Pulse, pulse
from .relabels import work_relabels
from .tick import beat, tick
from .verify import Difference, verify

__all__ = [
    "JOBS",
    "Difference",
    "NotRepeatable",
    "Pulse",
    "bake_dirty",
    "bake_paths",
    "beat",
    "close_periods",
    "pulse",
    "rerun",
    "run_now",
    "tick",
    "verify",
    "work",
    "work_relabels",
]
