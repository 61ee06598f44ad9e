"""Conditions of the reader's statements that change no answer, each with the reason why it stands there."""

from typing import NamedTuple


class Equivalent(NamedTuple):
    """A condition that changes no answer; `branch`: what stands in the SELECT around it."""

    statement: str
    condition: str
    branch: str
    reason: str


EQUIVALENT = (
    Equivalent("facts", "1 = 0", "CAST(NULL AS bigint)", "The row would have the tag of no fact."),
    Equivalent(
        "facts", "announced_at IS NULL", "NOT counted",
        "What readers see and jobs have announced is counted; by this condition an index finds the rest.",
    ),
    Equivalent(
        "facts", "r.language = %(first_en)s", "'beginning'",
        "The first day of all languages is asked for; of each by itself it stands in an index.",
    ),
    Equivalent(
        "facts", "r.language = %(first_ru)s", "'beginning'",
        "The first day of all languages is asked for; of each by itself it stands in an index.",
    ),
    Equivalent(
        "facts", "r.ended_at <= %(at)s", "'count', -0",
        "Triggers let no two releases of an article overlap: where one is seen, another that is counted has ended.",
    ),
    Equivalent(
        "facts", "r.published_date >= %(first)s", "'count', -0",
        "On a day outside of the period nothing is counted, and a number below nothing is left out.",
    ),
    Equivalent(
        "facts", "r.published_date <= %(last)s", "'count', -0",
        "On a day outside of the period nothing is counted, and a number below nothing is left out.",
    ),
    Equivalent(
        "beneath", "published_at >= %(from_moment0)s", "'earlier'",
        "Two moments of one day are no further apart: the condition ends the way through the index.",
    ),
    Equivalent(
        "beneath", "published_at <= %(to_moment0)s", "'later'",
        "Two moments of one day are no further apart: the condition ends the way through the index.",
    ),
    Equivalent("frame", "s.id = one.number", "articles_site", "There is one outlet: its row cannot have another id."),
    Equivalent("frame", "one.number = 1", "articles_site", "A LEFT JOIN has to say on what; these are on nothing."),
    Equivalent(
        "lines", "r.published_at >= %(begin)s", "r.published_date >= %(first)s",
        "The day lies within one of UTC's; by this condition the database begins at the list's place in an index.",
    ),
    Equivalent(
        "lines", "r.published_at < %(end)s", "r.published_date <= %(last)s",
        "The day lies within one of UTC's; by this condition the database begins at the list's place in an index.",
    ),
)  # fmt: skip
