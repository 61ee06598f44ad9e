"""The starter registers, filled up with invented names to a number of surface forms."""

import json
import random
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_ENDINGS = ("а", "у", "ом", "е", "ы", "ов")
_QUOTES = re.compile('[«»“”"]')  # with its quotation marks and without are two forms
_WORD = re.compile(r"[^\W\d_]{3,}")


def starter() -> dict[str, Any]:
    """Return the starter file's dict."""
    data: dict[str, Any] = json.loads((ROOT / "articles/fixtures/registers.json").read_text(encoding="utf-8"))
    return data


def filled(forms: int, starter_forms: int) -> dict[str, Any]:
    """Return the starter registers with invented organizations, until there are about so many forms.

    An invented name is a starter name of several words with every word exchanged for another of the starter's words:
    as long as real names and as much like ordinary text, which names of random letters are not.
    """
    data, chance, seen = starter(), random.Random(7), set()
    names = [name for one in data["organizations"] for name in one["names"]]
    words = {language: _words(names, language) for language in ("ru", "en")}
    models = [name for name in names if len(_WORD.findall(name["text"])) > 1]
    key = data["registers"][0]["key"]
    count = starter_forms
    while count < forms:
        model = chance.choice(models)
        language = _language(model)
        text = _WORD.sub(lambda match, own=words[language]: chance.choice(own), model["text"])
        if text in seen:
            continue
        seen.add(text)
        name: dict[str, Any] = {"text": text, "strength": "strong", "inflection": "indeclinable", "case": "capitals"}
        if language == "ru":
            name["forms"] = [_WORD.sub(lambda match, end=end: match[0] + end, text, count=1) for end in _ENDINGS]
        count += (1 + len(name.get("forms", []))) * (2 if _QUOTES.search(text) else 1)
        designations = [{"register": key, "since": None, "until": None}]
        data["organizations"].append({"key": f"invented-{len(seen)}", "names": [name], "designations": designations})
    return data


def _language(name: dict[str, Any]) -> str:
    return "ru" if re.search("[а-яё]", name["text"].lower()) else "en"


def _words(names: list[dict[str, Any]], language: str) -> list[str]:
    texts = [name["text"] for name in names if _language(name) == language]
    return sorted({word for text in texts for word in _WORD.findall(text)})
