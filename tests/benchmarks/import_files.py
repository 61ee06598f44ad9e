"""Invented registers of any size, as files of their keeper: JSON in the form of the register file, and CSV."""

import csv
import io
import json
import random
from typing import Any

KEY = "test-agents"
MAPPING = {"columns": {"key": "No", "name_ru": "Наименование", "name_en": "Name", "since": "Since"}}
FIRST = "Северное Приморское Озёрное Полярное Степное Вольное Общинное Сетевое Горное Заречное".split()
SECOND = "общество собрание товарищество объединение содружество движение братство агентство".split()
THIRD = "пеликанов крачек маяков паромов затонов куликов якорей фарватеров причалов туманов".split()
ENGLISH = "Northern Seaside Lakeside Polar Steppe Free Common Networked Hillside Riverside".split()
BODIES = "Society Assembly Fellowship Union Commonwealth Movement Brotherhood Agency".split()
BIRDS = "Pelicans Terns Lighthouses Ferries Backwaters Sandpipers Anchors Fairways Moorings Fogs".split()


def names(number: int) -> tuple[str, str]:
    """Return a Russian and an English name of several words, those of each number its own."""
    chance = random.Random(number)
    a, b, c = chance.randrange(10), chance.randrange(8), chance.randrange(10)
    return f"{FIRST[a]} {SECOND[b]} {THIRD[c]} № {number}", f"{ENGLISH[a]} {BODIES[b]} of {BIRDS[c]} {number}"


def json_file(size: int, first: int = 0) -> bytes:
    """Return a register file of so many organizations with a name in each language."""
    period = {"register": KEY, "since": "2024-02-01", "until": None, "source": "invented"}
    organizations: list[dict[str, Any]] = [
        {
            "key": f"invented-{number}",
            "names": [{"text": text, "strength": "strong"} for text in names(number)],
            "designations": [period],
        }
        for number in range(first, first + size)
    ]
    return json.dumps({"organizations": organizations}, ensure_ascii=False, indent=1).encode()


def csv_file(size: int, first: int = 0) -> bytes:
    """Return the same as CSV; MAPPING says what its columns hold."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["No", "Наименование", "Name", "Since"])
    rows.writerows([f"listed-{n}", *names(n), "2024-02-01"] for n in range(first, first + size))
    return out.getvalue().encode()
