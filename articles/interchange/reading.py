"""A file's bytes to the shape of the register file, whatever form it has: limits and encodings are looked at here."""

import codecs
import json
import re
from typing import Any

from django.utils.translation import gettext as _

from ..footnotes.registers.problems import is_private
from ..models.fields import CONTROL
from .mapping import Mapping
from .refused import Fault, Unreadable
from .register_csv import read_csv
from .register_json import read_json
from .shape import Located

MOST_BYTES = 20 * 2**20
# What no list of names holds: what no column takes, and the sign that stands for a letter that was lost.
STRANGE = re.compile(f"{CONTROL.pattern}|\ufffd")


def read_register(content: bytes, register: str, mapping: Mapping | None) -> Located:
    """Return the file in the one shape: JSON without a mapping, CSV with one. Raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable(Fault(0, "", _("The file is larger than %d megabytes.") % (MOST_BYTES // 2**20)))
    if not content.strip():
        raise Unreadable(Fault(0, "", _("The file is empty.")))
    if mapping is not None:
        return read_csv(text_of(content, mapping.encoding), register, mapping)
    if content.lstrip(codecs.BOM_UTF8 + b" \t\r\n")[:1] not in (b"{", b"["):
        raise Unreadable(
            Fault(1, "", _("This is no JSON. A CSV file needs a mapping that says what its columns hold."))
        )
    return read_json(text_of(content, "utf-8-sig"))


def without_private(content: bytes) -> bytes:
    """Return a JSON file's bytes without birth dates, numbers of persons and addresses; any other file as it is."""
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        return content
    rest = cut(data)
    return content if rest == data else json.dumps(rest, ensure_ascii=False, indent=1).encode()


def cut(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: cut(value) for key, value in data.items() if not is_private(key.lstrip("_"))}
    return [cut(one) for one in data] if isinstance(data, list) else data


def is_keepers(content: bytes) -> bool:
    """Say whether the bytes are a keeper's own file, and no register file of ours: JSON but entities, one a line."""
    head = content.lstrip(codecs.BOM_UTF8 + b" \t\r\n")
    if head[:1] not in (b"{", b"["):
        return bool(head)
    try:
        first = json.loads(head.split(b"\n", 1)[0])
    except (ValueError, RecursionError):
        return False
    return isinstance(first, dict) and "schema" in first and "properties" in first


def text_of(content: bytes, encoding: str) -> str:
    """Return the text of the bytes; refuse another encoding than the one that was said. Raises Unreadable."""
    if encoding == "utf-8" and content.startswith(codecs.BOM_UTF8):
        raise Unreadable(Fault(1, "", _("The file begins with a byte order mark: its encoding is “utf-8-sig”.")))
    if encoding == "cp1251" and is_utf8(content):
        raise Unreadable(Fault(0, "", _("The file is in UTF-8, not in “cp1251”.")))
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = _("Byte %(byte)d of the file is no text in “%(encoding)s”.")
        raise Unreadable(Fault(line, "", message % {"byte": error.start + 1, "encoding": encoding})) from error
    found = STRANGE.search(text)
    if found:
        message = _("There is a character that no text holds (U+%04X): the file is damaged or no text.")
        raise Unreadable(Fault(text.count("\n", 0, found.start()) + 1, "", message % ord(found[0])))
    return text


def is_utf8(content: bytes) -> bool:
    """Say whether the bytes hold letters beyond ASCII that are UTF-8: Russian in another encoding never is."""
    try:
        return not content.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False
