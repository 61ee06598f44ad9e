"""The files of the page store, folder by folder and from any of them on: in a large archive the walk takes longer than
a turn may."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

from ..pagestore import ASIDE, INDEX, PACKED
from .slices import without_row


def unknown_files(at: datetime, after: list[str] | None, some: int) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the addresses of files that no row knows; the place: the last folder, and the last address in it."""
    gathered: list[str] = []
    place = after or []
    for folder, paths in folders(*(after or ())):
        for path in paths:
            gathered.append(path)
            place = [folder, path]
            if len(gathered) == some:
                yield without_row(gathered), place
                gathered = []
    if gathered:
        yield without_row(gathered), place


def folders(after: str = "", last: str = "") -> Iterator[tuple[str, list[str]]]:
    """Yield each folder from `after` on with the addresses of its files; of `after` itself those that follow `last`."""
    root = Path(settings.PAGES_DIR)
    begun = Path(after).parts
    for folder, inner, names in os.walk(root):
        here = Path(folder).relative_to(root).parts
        inner[:] = sorted(name for name in inner if name != ASIDE and (*here, name) >= begun[: len(here) + 1])
        paths = addresses("/".join(("", *here)), names) if here >= begun else []
        yield "/".join(here), [path for path in paths if here > begun or path > last]


def addresses(folder: str, names: list[str]) -> list[str]:
    """Return what stands in a folder; a compressed copy has no address unless it lies there without its page."""
    copies = {name + PACKED for name in names if name == INDEX or name.endswith(".xml")}
    return sorted(f"{folder}/{name}".removesuffix(INDEX if name == INDEX else "") for name in {*names} - copies)
