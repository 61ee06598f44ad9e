"""Is the house well? One list of checks behind the desk, `manage.py doctor`, `/readyz`, the alarms and the figures."""

from .checks import CHECKS, Check, blocking, look
from .growing import Growing, growth
from .kinds import KINDS, Finding, TroubleKind

__all__ = ["CHECKS", "KINDS", "Check", "Finding", "Growing", "TroubleKind", "blocking", "growth", "look"]
