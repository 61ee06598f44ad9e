"""Which pages the desk has: each address of it is opened here or named as no page, with the reason.

An address without arguments, and one of a record (`<path:object_id>`, `<int:pk>`), is opened by itself: with the newest
row of its model. Only what needs more has a row of `OPENED`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.db.models import Model
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from playwright.sync_api import Page

from articles.admin.articles.acts import ACTS
from articles.models import Article, ArticleVersion, Batch, ListFile, Organization, Photo, Release

# What readers see, and the pages of accounts, have sweeps of their own.
ELSEWHERE = ("articles.urls", "articles.accounts.urls")
RECORD = {"object_id", "pk", "id"}

NOT_PAGES = {
    **dict.fromkeys(
        (
            "admin:articles_article_keep admin:articles_article_login admin:articles_article_offers "
            "admin:articles_article_throw admin:articles_article_typography admin:articles_article_live_marks "
            "admin:articles_article_live_marks_new admin:autocomplete admin:jsi18n "
            "admin:articles_batch_progress admin:articles_jobrun_progress admin:articles_listfile_count "
            "admin:articles_listlayout_try admin:search admin:articles_article_own_links "
            "admin:articles_article_live_preview admin:articles_article_preview_new "
            "admin:articles_keptpost_card admin:articles_photo_choose admin:articles_frontpage_found "
            "admin:articles_frontpage_printed admin:articles_frontpage_preview"
        ).split(),
        "answers a script, or is a part of a page",
    ),
    **dict.fromkeys(
        (
            "admin:articles_article_answer admin:articles_article_revoke admin:articles_unclearmention_answer "
            "admin:articles_unclearmention_back admin:articles_batch_stop admin:articles_batch_resume "
            "admin:articles_registerimport_store admin:articles_registerimport_drop admin:articles_listlayout_copy "
            "admin:articles_listlayout_remove admin:articles_pending_apply admin:articles_listlayout_keep "
            "admin:articles_listfile_answer admin:articles_listfile_answers admin:articles_listfile_confirm "
            "admin:articles_listfile_confirm_page admin:articles_listfile_checked set_language admin:logout "
            "admin:articles_article_notes admin:articles_article_note admin:articles_accountchange_answer "
            "admin:articles_keptpost_keep admin:articles_photo_turn admin:articles_frontpage_store"
        ).split(),
        "takes what is sent and leads on",
    ),
    **dict.fromkeys(
        (
            "admin:articles_article_open_word_file admin:articles_batch_relabel_archive "
            "admin:articles_organization_try_any admin:articles_organization_try_one "
            "admin:articles_organization_never_one admin:articles_organization_merge_one "
            "admin:articles_organization_separate_one admin:articles_register_as_json admin:articles_register_as_csv "
            "admin:articles_register_compare_last admin:articles_listfile_layouts admin:view_on_site "
            "admin:articles_freeze_ask_begin admin:articles_freeze_ask_lift admin:password_change "
            "admin:password_change_done admin:auth_user_password_change admin:auth_user_send_link "
            "admin:articles_photo_upload_several"
        ).split(),
        "leads to another address",
    ),
    "admin:articles_freeze_lift": "is there under a freeze: tests/browser/test_frozen.py",
    "admin:articles_site_first_steps": "is there before there is an outlet: tests/browser/test_first_steps.py",
    "admin:login": "is seen before one is logged in: `steps`",
    "admin:articles_article_preview": "a page as readers get it, shut in so that no script runs there, axe's neither",
    "admin:articles_register_export": "a file",
    "admin:articles_shown_form": "what readers saw, kept as it was",
    "admin:articles_shown_page": "what readers saw, kept as it was",
    "admin:articles_site_changelist": "leads to the form of the only row",
}


@dataclass(frozen=True)
class DeskPage:
    """`name`: of the address, with what tells its visits apart. `step`: what leads to a page that no address opens."""

    name: str
    path: str = ""
    step: Callable[[Page], None] | None = None


def article(slug: str) -> int:
    return Article.objects.get(slug=slug).pk


def invited() -> User:
    """Return somebody who has no password yet."""
    defaults = {"email": "newcomer@outlet.invalid", "is_staff": True, "password": make_password(None)}
    return User.objects.get_or_create(username="newcomer", defaults=defaults)[0]


def versions(slug: str) -> list[int]:
    """Return the numbers of the versions of an article, the oldest first."""
    return list(ArticleVersion.objects.filter(article__slug=slug).order_by("number").values_list("number", flat=True))


def newest_photos() -> str:
    """Return the numbers of three photos, as addresses have them."""
    return ",".join(str(pk) for pk in Photo.objects.values_list("pk", flat=True)[:3])


DRAFT = "who-speaks-for-the-harbour"
MESS = "seven-things-heard-at-the-fish-market"
CORRECTED = "dockers-and-port-sign-deal"
SCHEDULED = "kelmar-terminal-reopens-to-passengers"
BINNED = "the-timetable-nobody-took-down"


def articles_of_each_state() -> Iterator[tuple[str, list[Any], str]]:
    for slug in (DRAFT, MESS, CORRECTED, SCHEDULED, BINNED):
        yield slug, [article(slug)], ""
    yield "withdrawn", [Release.objects.filter(ending="withdrawn").latest("pk").article_id], ""


def acts() -> Iterator[tuple[str, list[Any], str]]:
    """Each act with a page of its own, of an article that it is offered for; others lead back to the form."""
    of = {"correct": CORRECTED, "retract": CORRECTED, "withdraw": CORRECTED, "cancel": SCHEDULED}
    of |= dict.fromkeys(("ask_erase", "erase"), BINNED)
    for name, act in ACTS.items():
        if act.asks:
            yield name, [article(of.get(name, DRAFT)), name], ""


def steps_of_list(name: str) -> Callable[[], Iterator[tuple[str, list[Any], str]]]:
    def found() -> Iterator[tuple[str, list[Any], str]]:
        yield name, [ListFile.objects.filter(state="waiting").latest("pk").pk], ""

    return found


def entries() -> tuple[Organization, Organization]:
    return Organization.objects.get(key="demo-harbour-watch"), Organization.objects.get(key="demo-stavrogonov")


# Name of an address -> its visits: what tells them apart, the arguments, the query.
OPENED: dict[str, Callable[[], Iterator[tuple[str, list[Any], str]]]] = {
    "admin:articles_article_change": articles_of_each_state,
    "admin:articles_article_act": acts,
    "admin:articles_article_history": lambda: iter([("", [article(CORRECTED)], "")]),
    "admin:articles_article_compare": lambda: iter([("", [article(CORRECTED)], "?old=e1&new=e2")]),
    "admin:articles_article_restore": lambda: iter([("", [article(CORRECTED), versions(CORRECTED)[0]], "")]),
    "admin:articles_article_changelist": lambda: iter(
        [("", [], ""), ("bin", [], "?status=bin"), ("none", [], "?q=zzz")]
    ),
    "admin:articles_handbook_page": lambda: iter([("", ["take-a-keepers-list"], "")]),
    "admin:articles_shown": lambda: iter([("", [article(CORRECTED)], "")]),
    "admin:app_list": lambda: iter([("articles", ["articles"], ""), ("auth", ["auth"], "")]),
    "admin:articles_organization_change": lambda: iter([(one.kind, [one.pk], "") for one in entries()]),
    "admin:articles_organization_try": lambda: iter(
        [("empty", [], ""), ("", [], "?text=Harbour+Watch&language=en&strength=strong&kind=official")]
    ),
    "admin:articles_organization_never": lambda: iter(
        [("", [entries()[1].pk], "?words=%D0%B2%D0%BE%D0%B7%D0%BB%D0%B5")]
    ),
    "admin:articles_organization_merge": lambda: iter(
        [("", [entries()[0].pk], "?q=Glass"), ("two", [entries()[0].pk], "?with=demo-glass-ledger")]
    ),
    "admin:articles_organization_separate": lambda: iter([("", [entries()[0].pk], "")]),
    "admin:articles_register_comparison": steps_of_list(""),
    "admin:articles_listfile_change": lambda: iter(
        [
            (show, [ListFile.objects.filter(state="waiting").latest("pk").pk], f"?show={show}")
            for show in ("", "all", "gone")
        ]
    ),
    **{f"admin:articles_listfile_{name}": steps_of_list(name) for name in ("names", "store", "accept", "drop")},
    "admin:articles_photo_upload": lambda: iter([("", [], ""), ("window", [], "?_popup=1")]),
    "admin:articles_photo_sheet": lambda: iter([("none", [], ""), ("", [], f"?ids={newest_photos()}")]),
    "admin:auth_user_link": lambda: iter([("", [invited().pk], "")]),
    "admin:articles_batch_reverse": lambda: iter([("", [Batch.objects.filter(kind="change").latest("pk").pk], "")]),
}


def addresses() -> dict[str, tuple[set[str], str]]:
    """Return the addresses of the desk by name, with the names of their arguments and the pattern."""
    found: dict[str, tuple[set[str], str]] = {}

    def walk(patterns: list[Any], space: str, before: str) -> None:
        for one in patterns:
            route = before + str(one.pattern)
            if isinstance(one, URLResolver):
                if getattr(one.urlconf_name, "__name__", "") not in ELSEWHERE:
                    walk(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space, route)
            elif isinstance(one, URLPattern) and one.name:
                regular = set(getattr(getattr(one.pattern, "regex", None), "groupindex", {}))
                found[space + one.name] = (set(one.pattern.converters) | regular, route)

    walk(get_resolver().url_patterns, "", "")
    return found


def model_of(name: str) -> type[Model] | None:
    """Return the model of whose admin the address is: by the longest beginning of its name."""
    rest = name.removeprefix("admin:")
    fitting = [model for model in admin.site._registry if rest.startswith(f"{label(model)}_")]
    return max(fitting, key=lambda model: len(label(model)), default=None)


def label(model: type[Model]) -> str:
    return model._meta.label_lower.replace(".", "_")


def is_covered(name: str, arguments: set[str]) -> bool:
    """Say whether the address is opened, or named as no page."""
    if name in NOT_PAGES or name in OPENED or not arguments:
        return True
    return model_of(name) is not None and len(arguments) == 1 and bool(arguments & RECORD)


def is_alike(name: str) -> bool:
    """Say whether Django makes the page for every record in the same way: what was done to a row, and its deletion."""
    return name.rpartition("_")[2] in ("history", "delete") and name not in OPENED


def is_refused(name: str, request: HttpRequest) -> bool:
    """Say whether the desk has no such page for anybody: records that nobody adds, changes or deletes by hand."""
    model = model_of(name)
    act = name.rpartition("_")[2]
    if model is None or act not in ("add", "delete"):
        return False
    return not getattr(admin.site._registry[model], f"has_{act}_permission")(request)


def pages(request: HttpRequest) -> Iterator[DeskPage]:
    """Yield every page. `request`: of somebody who may see all."""
    for name, (arguments, _route) in sorted(addresses().items()):
        if name in NOT_PAGES or is_refused(name, request):
            continue
        if name in OPENED:
            visits = OPENED[name]()
        elif arguments:
            model = model_of(name)
            assert model is not None, name
            visits = iter([("", [model._default_manager.latest("pk").pk], "")])
        else:
            visits = iter([("", [], "")])
        for tells, given, query in visits:
            yield DeskPage(f"{name} {tells}".strip(), reverse(name, args=given) + query)
