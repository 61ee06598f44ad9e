"""The publication record: each begin and end of a release, chained by hash, so that a change can be shown from outside.

`verify` holds the chain against the releases, the reading forms and the printed heads of days; `shown` finds what a
reader saw at a moment; `erase` takes a withdrawn article's text and pictures away and leaves the record whole.
"""

from .chain import RecordLine, append, append_many
from .erase import erase, erased
from .files import finish_erasures
from .heads import close_day, keep_heads
from .pseudonyms import erase_staff
from .shown import NotShown, Shown, moment_of, public_periods, shown
from .verify import verify

__all__ = [
    "NotShown",
    "RecordLine",
    "Shown",
    "append",
    "append_many",
    "close_day",
    "erase",
    "erase_staff",
    "erased",
    "finish_erasures",
    "keep_heads",
    "moment_of",
    "public_periods",
    "shown",
    "verify",
]
