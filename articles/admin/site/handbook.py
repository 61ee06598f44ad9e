"""The editor's handbook at the desk: its Markdown as a page in the editor's language; the chapter for each page."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import ResolverMatch, URLPattern, path, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

FOLDER = settings.BASE_DIR / "docs" / "how-to"
HANDBOOK = "editors-handbook"
# What the desk shows: the handbook, and what it leads to for the desk's own people.
SHOWN = (HANDBOOK, "answer-unclear-mentions", "keep-registers", "take-a-keepers-list")
IMAGES = "../images/"

# Beginning of the name of an address -> chapter, called as the English handbook's heading; the longest that fits.
CHAPTERS = {
    "index": "the-overview",
    "articles_article": "write-an-article",
    "articles_article_word": "paste-open-set",
    "articles_article_act": "publish-schedule-cancel",
    "articles_article_history": "history-what-was-changed-by-whom-and-the-way-back",
    "articles_article_compare": "history-what-was-changed-by-whom-and-the-way-back",
    "articles_article_restore": "history-what-was-changed-by-whom-and-the-way-back",
    "articles_article_preview": "preview",
    "articles_frontpage": "the-front-page",
    "articles_unclearmention": "mentions-what-will-be-marked",
    "articles_correction": "correct-retract-withdraw",
    "articles_stylerule": "rules-of-style",
    "articles_photo": "photos",
    "articles_keptpost": "posts-from-elsewhere",
    "articles_category": "rubrics-and-authors",
    "articles_region": "rubrics-and-authors",
    "articles_topic": "stories",
    "articles_author": "rubrics-and-authors",
    "articles_register": "registers",
    "articles_registerimport": "registers",
    "articles_registerversion": "registers",
    "articles_organization": "registers",
    "articles_pending": "registers",
    "articles_batch": "registers",
    "articles_listfile": "keepers-lists",
    "articles_listlayout": "keepers-lists",
    "articles_page": "stored-pages-jobs-mail",
    "articles_jobrun": "stored-pages-jobs-mail",
    "articles_outbox": "stored-pages-jobs-mail",
    "articles_event": "stored-pages-jobs-mail",
    "articles_publicationrecord": "stored-pages-jobs-mail",
    "articles_shown": "stored-pages-jobs-mail",
    "articles_trouble": "stored-pages-jobs-mail",
    "articles_freeze": "who-may-do-what",
    "articles_accountchange": "who-may-do-what",
    "articles_site": "languages",
    "auth": "who-may-do-what",
}
ACTS = dict.fromkeys(("correct", "retract", "withdraw"), "correct-retract-withdraw") | {"share": "preview"}
ACTS |= dict.fromkeys(("ask_erase", "erase"), "the-bin")


@dataclass(frozen=True)
class Handbook:
    """A file of the handbook as HTML. `lang`: in which language it is written."""

    title: str
    html: SafeString
    lang: str


def chapter_of(match: ResolverMatch | None) -> str:
    """Return the chapter that tells of the page at an address of the desk; "" for the whole handbook."""
    name = (match.url_name or "") if match else ""
    if match and name == "articles_article_act" and match.kwargs.get("name") in ACTS:
        return ACTS[match.kwargs["name"]]
    fitting = [one for one in CHAPTERS if name == one or name.startswith(f"{one}_")]
    return CHAPTERS[max(fitting, key=len)] if fitting else ""


def handbook_address(match: ResolverMatch | None) -> str:
    """Return where the desk tells of the page."""
    chapter = chapter_of(match)
    return reverse("admin:articles_handbook") + (f"#{chapter}" if chapter else "")


def file_of(name: str, language: str) -> tuple[Path, str]:
    """Return the file in the language, if there is one, else in English, and its language."""
    own = FOLDER / f"{name}.{language}.md"
    return (own, language) if own.exists() else (FOLDER / f"{name}.md", "en")


@cache
def handbook(name: str, language: str) -> Handbook:
    """Return a page of the handbook. Chapters are called in each language as in English, by their order."""
    file, lang = file_of(name, language)
    tokens = MarkdownIt().enable("table").parse(file.read_text("utf-8"))
    called = slugs((FOLDER / f"{name}.md").read_text("utf-8"))
    known = dict(zip(slugs(file.read_text("utf-8")), called, strict=True))
    title = ""
    headings = iter(called)
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            token.attrSet("id", next(headings))
            title = title or tokens[at + 1].content
        for one in token.children or ():
            settle(one, known)
        if token.tag == "h1":
            token.tag = "h2"  # the page has a heading of its own
    return Handbook(title, mark_safe(MarkdownIt().renderer.render(tokens, MarkdownIt().options, {})), lang)


def slugs(text: str) -> list[str]:
    """Return the names of a text's headings, as the pages that show Markdown elsewhere give them."""
    found = re.findall(r"^#{1,6} (.+)$", text, re.MULTILINE)
    return [re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in found]


def settle(token: Token, known: dict[str, str]) -> None:
    """Let a link lead within the desk, and a picture come from its files."""
    if token.type == "image":
        token.attrSet("src", static(f"handbook/{str(token.attrGet('src')).removeprefix(IMAGES)}"))
        token.attrSet("loading", "lazy")
    if token.type == "link_open":
        page, _hash, chapter = str(token.attrGet("href")).partition("#")
        name = re.sub(r"(?:\.[a-z]{2})?\.md$", "", page)
        if not page:
            token.attrSet("href", f"#{known.get(unquote(chapter), chapter)}")
        elif page.endswith(".md") and name in SHOWN:
            whole = reverse("admin:articles_handbook_page", args=[name]) if name != HANDBOOK else handbook_address(None)
            token.attrSet("href", whole + (f"#{chapter}" if chapter else ""))


def handbook_view(request: HttpRequest, name: str = HANDBOOK) -> HttpResponse:
    """Show the handbook, or a page that it leads to."""
    if name not in SHOWN:
        raise Http404
    shown = handbook(name, (get_language() or "en")[:2])
    context = {
        **admin.site.each_context(request),
        "title": shown.title if shown.lang == (get_language() or "en")[:2] else _("Handbook"),
        "handbook": shown,
        "whole": reverse("admin:articles_handbook") if name != HANDBOOK else "",
    }
    return TemplateResponse(request, "admin/articles/handbook.html", context)


def urls() -> list[URLPattern]:
    """Return the addresses; the admin of the site's settings carries them."""
    view = admin.site.admin_view(handbook_view)
    return [
        path("handbook/", view, name="articles_handbook"),
        path("handbook/<slug:name>/", view, name="articles_handbook_page"),
    ]
