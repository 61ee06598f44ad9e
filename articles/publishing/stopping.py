"""Whether this process has been told to end: long work ends after the item in hand and lets go of the rest."""

from threading import Event

_told = Event()


def stop() -> None:
    """Tell all work of this process to end soon."""
    _told.set()


def is_stopping() -> bool:
    return _told.is_set()
