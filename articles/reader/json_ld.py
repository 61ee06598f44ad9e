"""JSON for machines inside a page."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def script_safe(data: dict[str, Any]) -> SafeString:
    """Return JSON in which nothing can end or open a script element."""
    text = to_json(data)
    return mark_safe(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))
