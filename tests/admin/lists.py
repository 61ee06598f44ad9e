"""A register without entries, a layout for a table that nobody knows, and the steps of the legal desk."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from articles.models import (
    Designation,
    ListFile,
    ListLayout,
    ListRow,
    Register,
)

HEADER = "Organisme;Inscrit le;Né le\n"
LINES = "Cercle des pélicans;05.03.2021;01.02.1970\nSociété de la sterne;06.03.2021;\n"
REST = "Société de la sterne;06.03.2021;\nClub des crabes;07.03.2021;\n"
ODD = HEADER + LINES


@pytest.fixture
def legal(client_as: Callable[[str], Client]) -> Client:
    return client_as("Legal")


@pytest.fixture
def agents(newsroom: object) -> Register:
    """Return a register without entries."""
    register = Register.objects.get(key="test-agents")
    Designation.objects.filter(register=register).delete()
    return register


@pytest.fixture
def layout(agents: Register) -> ListLayout:
    data = {
        "name": "odd", "form": "table", "register": "test-agents", "title": {"en": "Odd", "ru": "Odd"},
        "kind": "organization", "must": ["name", "since"],
        "columns": {"name": ["^organisme$"], "since": ["^inscrit\\ le$"], "private": ["^ne\\ le$"]},
    }  # fmt: skip
    return ListLayout.objects.create(name="odd", title="Odd", register=agents, data=data)


def upload(client: Client, text: str | bytes, name: str = "list.csv", **more: Any) -> HttpResponse:
    content = text.encode() if isinstance(text, str) else text
    data = {"file": SimpleUploadedFile(name, content)} | more
    return client.post(reverse("admin:articles_listfile_add"), data, follow=True)  # type: ignore[return-value]


def taken(client: Client, text: str = ODD, **more: Any) -> ListFile:
    """Upload a file and return its row."""
    before = set(ListFile.objects.values_list("pk", flat=True))
    answer = upload(client, text, **more)
    found = ListFile.objects.exclude(pk__in=before).first()
    assert found is not None, answer.context["refused"]  # type: ignore[attr-defined]
    return found


def to(name: str, *args: object) -> str:
    return reverse(f"admin:articles_listfile_{name}", args=args)


def text_of(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def store(client: Client, file: ListFile, **more: str) -> Any:
    """See what would be stored, then store it."""
    seen = client.get(to("store", file.pk)).context.get("seen", "")
    return client.post(to("store", file.pk), {"seen": seen} | more, follow=True)


def stored(client: Client, text: str = ODD) -> ListFile:
    """Take a file, accept all that is proposed, store it."""
    file = taken(client, text)
    client.post(to("accept", file.pk))
    store(client, file, reason="test")
    file.refresh_from_db()
    assert file.state == "stored"
    return file


def mark_of(client: Client, row: ListRow) -> str:
    """Return the digest that the page's form of a row carries."""
    page = client.get(to("change", row.file_id), {"show": "all"})
    return next(str(one["mark"]) for one in page.context["rows"] if one["pk"] == row.pk)


def names_form(client: Client, row: ListRow) -> dict[str, str]:
    """Return the form of a row's names as the page fills it in."""
    page = client.get(to("names", row.file_id), {"show": "all"})
    one = next(one for one in page.context["rows"] if one["pk"] == row.pk)
    form = {"mark": str(one["mark"])}
    for name in one["names"]:
        form |= {f"text-{name['at']}": name["text"], f"strength-{name['at']}": name["strength"]}
        form |= {f"take-{name['at']}": "on"} if name["take"] else {}
    return form
