"""A keeper's file of three lines, and how it is taken."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User

from articles.interchange import keeper
from articles.models import ListFile, ListRow, Register
from tests.builders import NOW
from tests.lists.made import AGENTS_HEADER, agent, xlsx

LATER = NOW + timedelta(days=14)
BODY = "Юридические лица"
FUND = agent(1, "Фонд «Камышовая заводь» (Reedwater Fund)", "05.02.2021", type=BODY, reg="АГ-1")
OUTLET = agent(2, "Издание «Осенний причал»", "12.03.2021", type=BODY, reg="АГ-2")
PERSON = agent(3, "Топчилина Рада Фроловна «Ивушка»", "02.04.2022", reg="АГ-3", inn="001234567890", born="01.02.1980")
THREE = (FUND, OUTLET, PERSON)


def listed(*rows: Any, as_of: str = "16.10.2026", merged: tuple[str, ...] = ()) -> bytes:
    head = [["Реестр иностранных агентов"], [f"по состоянию на {as_of}"], AGENTS_HEADER]
    return xlsx([*head, *rows], merged=merged)


def take(content: bytes, register: Register, by: User | None, **options: Any) -> ListFile:
    return keeper.take(content, "export.xlsx", register, by=by, at=options.pop("at", NOW), **options)


def row_of(file: ListFile, text: str) -> ListRow:
    return file.rows.select_related("entry", "keeper_line", "file").get(line__contains=text)
