"""The starter registers, filled up with invented names to a number of surface forms."""

import json
import random
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_RU = "бар вен гор дол жил зар кет лум мир нор пав рез сол тур фен хол цен шар юль яр ост ист арк"
_EN = "bar ven gor dol lim zar ket lum mir nor pav rez sol tur fen hol cen sha yul yar ost ist ark"
_CASES = ("", "а", "у", "ом", "е", "ы", "ов", "ам", "ами", "ах")


def starter() -> dict[str, Any]:
    """Return the starter file's dict."""
    data: dict[str, Any] = json.loads((ROOT / "articles/fixtures/registers.json").read_text(encoding="utf-8"))
    return data


def filled(forms: int, starter_forms: int) -> dict[str, Any]:
    """Return the starter registers with invented organizations, until there are about so many forms."""
    data, chance, seen = starter(), random.Random(7), set()
    key = data["registers"][0]["key"]
    count = starter_forms
    while count < forms:
        russian = chance.random() < 0.85
        parts = (_RU if russian else _EN).split()
        first, second = ("".join(chance.choices(parts, k=3)).capitalize() for _ in range(2))
        if (first, second) in seen:
            continue
        seen.add((first, second))
        name: dict[str, Any] = {"text": f"{first} {second}", "strength": "strong", "inflection": "indeclinable"}
        name["forms"] = [f"{first}{ending} {second}" for ending in _CASES[1:]] if russian else []
        count += 1 + len(name["forms"])
        data["organizations"].append(
            {
                "key": f"invented-{len(seen)}",
                "names": [name],
                "designations": [{"register": key, "since": None, "until": None}],
            }
        )
    return data
