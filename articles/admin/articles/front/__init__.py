"""The front page at the desk: the page itself, its places, the articles to put there."""

from . import page  # noqa: F401
