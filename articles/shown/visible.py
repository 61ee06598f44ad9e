"""What readers see at a moment, as SQL: each condition beside the query set of `models.release` that bears its name.

`r`: the alias of the release with its dot, or "" for the only table; `at`: the place of the moment's value.
"""

AT = "%(at)s"


def live(r: str = "r.", at: str = AT) -> str:
    """Return the condition of `Release.objects.live`; the moment stands in it twice."""
    return f"{r}live_at <= {at} AND ({r}ended_at IS NULL OR {r}ended_at > {at})"


def was_public(r: str = "r.", at: str = AT) -> str:
    """Return the condition of `Release.objects.was_public`."""
    return f"{r}live_at <= {at} AND {r}ending <> 'cancelled'"


def begun(r: str = "r.", at: str = AT) -> str:
    """Return the condition of `Release.objects.begun`: an index of unannounced releases finds these few."""
    return f"{r}announced_at IS NULL AND {live(r, at)} AND NOT {r}counted"


def begins(r: str = "r.", at: str = AT) -> str:
    """Return the condition of those of `Release.objects.ahead` that are still to begin."""
    return f"{r}live_at > {at} AND {r}announced_at IS NULL AND ({r}ended_at IS NULL OR {r}ended_at > {r}live_at)"


def ends(r: str = "r.", at: str = AT) -> str:
    """Return the condition of those of `Release.objects.ahead` that have begun, and end at a known moment."""
    return f"{r}ended_at > {at} AND {r}live_at <= {at}"


def waits(r: str = "r.", at: str = AT) -> str:
    """Return the condition of `Release.objects.waits`."""
    return f"{r}announced_at IS NULL AND ({r}ended_at IS NULL OR {r}ended_at > {at} AND {r}ended_at > {r}live_at)"
