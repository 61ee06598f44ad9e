"""The log of the house: lines of JSON in production, readable ones elsewhere, none with a reader's address in it."""

from .calm import CalmHandler
from .lines import JsonLines, PlainLines

__all__ = ["CalmHandler", "JsonLines", "PlainLines"]
