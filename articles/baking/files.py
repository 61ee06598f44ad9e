"""The files of the page store, folder by folder and from any of them on: in a large archive the walk takes longer than
a turn may."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

from ..pagestore import ASIDE, INDEX, PACKED
from .slices import SOME, without_row


def unknown_files(at: datetime, after: str | None) -> Iterator[tuple[list[str], str]]:
    """Yield the addresses of files that no row knows, some folders at a time, each with the last folder."""
    gathered: list[str] = []
    last = after
    for last, paths in folders(after):
        gathered += paths
        if len(gathered) >= SOME:
            yield without_row(gathered), last
            gathered = []
    if gathered and last is not None:
        yield without_row(gathered), last


def folders(after: str | None) -> Iterator[tuple[str, list[str]]]:
    """Yield each folder that comes after `after` (None: all) with the addresses of its files, in the order of names."""
    root = Path(settings.PAGES_DIR)
    begun = Path(after or "").parts
    for folder, inner, names in os.walk(root):
        here = Path(folder).relative_to(root).parts
        inner[:] = sorted(name for name in inner if name != ASIDE and (*here, name) >= begun[: len(here) + 1])
        if after is None or here > begun:
            yield "/".join(here), addresses("/".join(("", *here)), names)


def addresses(folder: str, names: list[str]) -> list[str]:
    """Return what stands in a folder; a compressed copy has no address unless it lies there without its page."""
    copies = {name + PACKED for name in names if name == INDEX or name.endswith(".xml")}
    return [f"{folder}/{name}".removesuffix(INDEX if name == INDEX else "") for name in sorted({*names} - copies)]
