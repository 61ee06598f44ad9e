"""Pages of the reader into the page store at the time they are due, the archive's periods closed, the store checked."""

from .bake import bake_dirty, bake_paths
from .everything import bake_everything, bake_waiting, plan_everything
from .jobs import JOBS, NotRepeatable, close_periods, each_minute, rerun, run_now, trouble, work, work_next
from .keep import keep_store
from .lanes import Lane, Work
from .periods import plan_ended
from .pictures import make_renditions
from .pulse import SILENT, Pulse, beat, failing_mails, overdue_releases, pulse
from .relabels import work_relabels
from .tick import announce_and_beat, tick
from .verify import REPAIR, Discrepancy, verify

__all__ = [
    "JOBS",
    "REPAIR",
    "SILENT",
    "Discrepancy",
    "Lane",
    "NotRepeatable",
    "Pulse",
    "Work",
    "announce_and_beat",
    "bake_dirty",
    "bake_everything",
    "bake_paths",
    "bake_waiting",
    "beat",
    "close_periods",
    "each_minute",
    "failing_mails",
    "keep_store",
    "make_renditions",
    "overdue_releases",
    "plan_ended",
    "plan_everything",
    "pulse",
    "rerun",
    "run_now",
    "tick",
    "trouble",
    "verify",
    "work",
    "work_next",
    "work_relabels",
]
