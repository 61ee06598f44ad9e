"""Text as people write it, paste it, import it: control characters are taken out wherever it enters.

No page, feed or file can hold them: XML has no way to write most of them, and in HTML they are an error. Columns and
forms take them out; the migrations know these columns by Django's own names.
"""

import re
from typing import Any

from django import forms
from django.db import models

# The last two of each of Unicode's planes are no characters.
_PLANES = "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
# C0 without tabulator and line breaks, C1, halves of surrogate pairs, what Unicode keeps for no character.
CONTROL = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_PLANES}]")
LINE_BREAKS = "\x0b\x0c\x85"  # as word processors paste them: no two words become one


def printable(text: str) -> str:
    """Return the text without control characters.

    printable("Du\\x07nes\\x0bmoved") == "Dunes moved"
    """
    return CONTROL.sub(lambda sign: " " if sign[0] in LINE_BREAKS else "", text)


def all_printable(data: Any) -> Any:
    """Return lists and objects, as JSON holds them, with the control characters of every text taken out."""
    if isinstance(data, str):
        return printable(data)
    if isinstance(data, dict):
        return {all_printable(key): all_printable(value) for key, value in data.items()}
    return [all_printable(entry) for entry in data] if isinstance(data, list) else data


class TextEntry(forms.CharField):
    """A text in a form; Django's own field would refuse one of these characters and let the others in."""

    def to_python(self, value: Any) -> str | None:
        """Return the printable text."""
        text = super().to_python(value)
        return text and super().to_python(printable(text))


class Printable(models.Field):
    """What the columns have in common."""

    def deconstruct(self) -> Any:
        """Name the column after Django's own: it is the same to the database."""
        name, path, args, kwargs = super().deconstruct()
        return name, path.replace(__name__, "django.db.models"), args, kwargs

    def to_python(self, value: Any) -> Any:
        """Return what a form or a check of the row has given."""
        text = super().to_python(value)
        return printable(text) if isinstance(text, str) else text

    def get_prep_value(self, value: Any) -> Any:
        """Return what is stored, however it comes."""
        text = super().get_prep_value(value)
        return printable(text) if isinstance(text, str) else text

    def formfield(self, **kwargs: Any) -> Any:
        """Return the form's field."""
        return super().formfield(**{"form_class": TextEntry} | kwargs)


class CharField(Printable, models.CharField):
    """One line of text."""


class TextField(Printable, models.TextField):
    """Text of any length."""
