"""The starter registers, filled up with invented names to a number of surface forms."""

import json
import random
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_CASES = ("", "а", "у", "ом", "е", "ы", "ов", "ам", "ами", "ах")


def starter() -> dict[str, Any]:
    """Return the starter file's dict."""
    data: dict[str, Any] = json.loads((ROOT / "articles/fixtures/registers.json").read_text(encoding="utf-8"))
    return data


def filled(forms: int, starter_forms: int) -> dict[str, Any]:
    """Return the starter registers with invented organizations, until there are about so many forms.

    Invented names are made of the words of the starter's names in a new order, so that they resemble ordinary text as much
    as real ones do: names of random letters would let the automaton pass over a text faster than it can with real ones.
    """
    data, chance, seen = starter(), random.Random(7), set()
    words = {"ru": _words(data, "ru"), "en": _words(data, "en")}
    key = data["registers"][0]["key"]
    count = starter_forms
    while count < forms:
        language = "ru" if chance.random() < 0.8 else "en"
        first, *rest = chance.choices(words[language], k=chance.randint(2, 4))
        text = " ".join([first, *rest])
        if text in seen:
            continue
        seen.add(text)
        name: dict[str, Any] = {"text": text, "strength": "strong", "inflection": "indeclinable", "case": "capitals"}
        if language == "ru":
            name["forms"] = [" ".join([first + ending, *rest]) for ending in _CASES[1:]]
        count += 1 + len(name.get("forms", []))
        names = [name]
        designations = [{"register": key, "since": None, "until": None}]
        data["organizations"].append({"key": f"invented-{len(seen)}", "names": names, "designations": designations})
    return data


def _words(data: dict[str, Any], language: str) -> list[str]:
    names = [name for one in data["organizations"] for name in one["names"]]
    texts = [name["text"] for name in names if (name.get("language") or "en") == language]
    return sorted({word for text in texts for word in re.findall(r"[^\W\d_]{3,}", text)})
