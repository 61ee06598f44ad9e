"""What is open to whom: each address, of each object, asked and sent to, by each role; as the reference tells it.

A cell holds `r` where the page opens, `s` where what is sent is let in (a form with faults counts), `w` where sending
nothing but the action changed rows; `·` stands where both are closed.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import Any, NamedTuple
from unittest import mock

from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.test.client import MULTIPART_CONTENT
from django.urls import reverse

from articles.admin.articles.acts import ACTS
from articles.editions import release_path
from tests.figures import png

from .addresses import filled, patterns, places
from .newsroom import PUBLIC_AT, TOKENS, Everything

NOBODY = "nobody"
CLOSED = "·"
# Rows by which the newsroom keeps its own books: who was here, who looked at what.
BOOKS = (
    "django_session",
    "usersessions_usersession",
    "articles_throttle",
    "articles_knowndevice",
    "articles_event",
    "articles_staffid",
    "articles_registerversion",
    "articles_presence",
)
CHANGES = ("INSERT", "UPDATE", "DELETE")


class Case(NamedTuple):
    """One row: the pattern (or what is done by it), the object, the address, and what is sent."""

    page: str
    of: str
    address: str
    sent: dict[str, Any] | str


def cases(here: Everything) -> Iterator[Case]:
    """Yield what is asked, each address with each object that its places may name."""
    for pattern, name in patterns():
        page = pattern.replace("|", "/")
        sent, asked = SENT.get(name, lambda here: {})(here), ASKED.get(name, "")
        for of, values in objects(pattern, name, here):
            yield Case(page, of, filled(pattern, *values) + asked, sent)
    yield from acts(here)
    yield from actions(here)
    yield from completions(here)
    yield from readers(here)


def objects(pattern: str, name: str, here: Everything) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Yield what the places of a pattern may name, with the values that stand in them."""
    before = pattern.partition("<")[0].split("/")  # behind a place stands what is done: `listfile/<int:pk>/names/page/`
    model = next((part for part in reversed(before) if part in here.rows), "")
    if not places(pattern):
        yield "", ()
    elif name in ("articles_article_act", "page", "preview"):
        return  # asked below, by act and by state
    elif name == "articles_article_restore":
        yield from ((state, (one.pk, 1)) for state, one in here.articles.items())
    elif name == "articles_article_revoke":
        link = here.rows["link open"]
        yield "another's draft", (link.article_id, link.pk)
    elif name == "articles_article_note":
        note = here.rows["note"]
        yield from (
            (f"another's note: {act}", (note.article_id, note.pk, act)) for act in ("answer", "close", "reopen")
        )
    elif "/article/" in pattern or name.startswith("articles_shown"):
        yield from ((state, (one.pk,)) for state, one in here.articles.items())
    elif "/user/" in pattern:
        yield from ((whose, (one.pk,)) for whose, one in here.users.items())
    elif name in OTHERS:
        yield from OTHERS[name](here)
    elif model == "event":
        yield from ((of, (here.rows[of].pk,)) for of in ("event", "event of an account"))
    else:
        assert model, f"{pattern}: say in tests/security what stands in its places"
        yield "", (here.rows[model].pk,)


OTHERS: dict[str, Any] = {
    "account_reset_password_from_key": lambda here: [("", ("1", "x-y"))],
    "account_confirm_email": lambda here: [("", ("x",))],
    "mfa_remove_webauthn": lambda here: [("", (1,))],
    "mfa_edit_webauthn": lambda here: [("", (1,))],
    "articles_handbook_page": lambda here: [("", ("editors-handbook",))],
    "view_on_site": lambda here: [("", (1, 1))],
    "app_list": lambda here: [("", ("articles",))],
    "": lambda here: [("", ("nowhere/",))],
    "articles_register_comparison": lambda here: [("", (here.rows["listfile"].pk,))],
    "articles_register_export": lambda here: [("", (here.rows["register"].pk, "json"))],
    "articles_listfile_answer": lambda here: [("", (here.rows["listfile"].pk, here.rows["row"].pk))],
    "articles_listfile_confirm": lambda here: [("", (here.rows["listfile"].pk, here.rows["row"].pk))],
    "articles_photo_turn": lambda here: [("", (here.rows["photo"].pk, "left"))],
    "month-sitemap": lambda here: [("", ("2026", "03"))],
    "period": lambda here: [("", ("en", "2026", "03", "10"))],
    "search": lambda here: [("", ("en",))],
    "search-feed": lambda here: [("", ("en",))],
    "media": lambda here: [(state, (one.web,)) for state, one in here.photos.items()],
    "rendition": lambda here: [(state, (one.token, "whole-1.jpg")) for state, one in here.photos.items()],
}


def typed(here: Everything) -> str:
    """Return what the script sends of a form."""
    told = {"user": here.user and here.user.pk, "article": here.articles["own draft"].pk}
    return json.dumps(told | {"client": "one", "sequence": 1, "fields": {"headline": "x"}})


def placed(here: Everything) -> str:
    """Return what the script sends of a front page on which the public article leads."""
    led = {"places": {"lead.0.0": {"article": here.articles["public"].pk, "until": ""}}, "line": None}
    told = {"user": here.user and here.user.pk, "language": "en"}
    return json.dumps(told | {"state": led, "was": {"places": {}, "line": None}, "becomes": led})


# What a script sends; all else gets an empty form.
SENT: dict[str, Any] = {
    "articles_article_notes": lambda here: {"text": "x", "field": "body", "quotation": "quiet"},
    "articles_article_note": lambda here: {"text": "x"},
    "articles_article_live_marks": lambda here: json.dumps({"headline": "x"}),
    "articles_article_live_marks_new": lambda here: json.dumps({"headline": "x"}),
    "articles_article_typography": lambda here: json.dumps({"language": "en", "texts": []}),
    "articles_article_keep": lambda here: typed(here),
    "articles_article_live_preview": lambda here: typed(here),
    "articles_keptpost_keep": lambda here: {"link": "https://t.me/tern_herald/8", "text": "x"},
    "articles_frontpage_preview": lambda here: placed(here),
    "articles_frontpage_store": lambda here: placed(here),
    "articles_photo_upload": lambda here: {"photos": SimpleUploadedFile("a.png", png())},
}
# What is asked for beside an address: the moment when the article was public.
ASKED = dict.fromkeys(
    ("articles_shown_page", "articles_shown_form"), f"?at={PUBLIC_AT.isoformat()}".replace("+", "%2B")
) | {"articles_keptpost_card": "?link=https://t.me/tern_herald/7"}


def acts(here: Everything) -> Iterator[Case]:
    for name in ACTS:
        for state, article in here.articles.items():
            address = f"/admin/articles/article/{article.pk}/act/{name}/"
            yield Case(f"act: {name}", state, address, {"note": "x", "reason": "x"})


def actions(here: Everything) -> Iterator[Case]:
    """Each action of each list, whether it is offered or not."""
    for model, page in sorted(admin.site._registry.items(), key=lambda one: one[0]._meta.label_lower):
        opts = model._meta
        row = here.users.get("another's") if opts.model_name == "user" else here.rows.get(opts.model_name or "")
        row = here.articles["own draft"] if opts.model_name == "article" else row
        for action in sorted({"delete_selected", *(page.actions or ())}):
            address = f"/admin/{opts.app_label}/{opts.model_name}/"
            sent: dict[str, Any] = {"action": action, "_selected_action": [row.pk if row else 0], "post": "yes"}
            yield Case(f"list of {opts.model_name}: {action}", "", address, sent)


def completions(here: Everything) -> Iterator[Case]:
    """Each field that completes what is typed: it reads a list for whoever may."""
    for model, page in sorted(admin.site._registry.items(), key=lambda one: one[0]._meta.label_lower):
        opts = model._meta
        for name in page.autocomplete_fields:
            asked = f"app_label={opts.app_label}&model_name={opts.model_name}&field_name={name}"
            yield Case(f"completing {opts.model_name}.{name}", "", f"/admin/autocomplete/?{asked}", {})


def readers(here: Everything) -> Iterator[Case]:
    """What readers ask for: the page of each article, and preview links."""
    for state, article in here.articles.items():
        release = article.releases.select_related("edition").order_by("pk").last()
        address = release_path(release) if release else f"/en/2026/03/10/{article.slug}/"
        yield Case("an article's own address", state, address, {})
    for name, token in TOKENS.items():
        yield Case("preview/<token>/", f"{name} link", f"/preview/{token}/", {})


def ask(client: Client, case: Case) -> str:
    """Return the cell: what is asked and what is sent, each undone."""
    kept, changed = client.cookies.output(header="", sep=";"), []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        if sql.startswith(CHANGES) and context["cursor"].rowcount and not any(f'"{one}"' in sql for one in BOOKS):
            changed.append(sql)
        return result

    kind = "application/json" if isinstance(case.sent, str) else MULTIPART_CONTENT
    with undone():
        read = is_open(client.get(case.address), case)
    client.cookies = SimpleCookie(kept)
    with undone(), connection.execute_wrapper(watch):
        sent = is_open(client.post(case.address, case.sent, content_type=kind), case)
    client.cookies = SimpleCookie(kept)
    return ("r" if read else "") + (("w" if changed else "s") if sent else "") or CLOSED


@contextmanager
def undone() -> Iterator[None]:
    """Ask without printing the page, which takes most of the time, and leave the database as it was."""
    with transaction.atomic(), mock.patch.object(SimpleTemplateResponse, "rendered_content", ""):
        yield
        transaction.set_rollback(True)


def is_open(answer: HttpResponse, case: Case) -> bool:
    """Say whether the answer let whoever asked in: not refused, not led to the login, not absent."""
    assert answer.status_code < 500 or case.page == "readyz", case  # it says so when no worker is at work
    if answer.status_code in (301, 302):  # to the overview leads what is not there
        return "/login/" not in answer["Location"] and answer["Location"] != reverse("admin:index")
    return answer.status_code <= 400  # what is let in and makes no sense


def column(here: Everything) -> dict[tuple[str, str], str]:
    """Return what is open to the one who looks, by page and object."""
    client = Client()
    if here.user is not None:
        client.force_login(here.user)
    return {(case.page, case.of): ask(client, case) for case in cases(here)}
