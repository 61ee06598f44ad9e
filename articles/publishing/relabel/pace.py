"""How many articles a relabel stores in one transaction, and how long it rests after each.

SQLite has one writer, and editors save too: a transaction takes about SECONDS, measured on those before it, and the
relabel rests as long as it has worked. Other databases let editors save beside it.
"""

import time

from django.db import connection

SECONDS = 0.05
FEWEST, MOST = 10, 100


class Pace:
    """`number`: how many articles to store next."""

    def __init__(self) -> None:
        self.is_shared = connection.vendor == "sqlite"
        self.number = FEWEST if self.is_shared else MOST

    def rest(self, stored: int, seconds: float) -> None:
        """Rest after a transaction of so many articles, which took so many seconds; settle the next one's number.

        It may double, or fall as far as it has to: one slow transaction says little, ten in a row must not wait.
        """
        if self.is_shared:
            fitting = int(stored * SECONDS / max(seconds, 0.001))
            self.number = max(FEWEST, min(fitting, 2 * self.number, MOST))
            time.sleep(seconds)
