"""The admin's frame: title, stylesheet and the sidebar, which shows each role only what it may see."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..models import Site
from ..models.languages import desk_language
from .articles.queue import waiting

# Group → entries: (title, symbol, model, permission).
GROUPS = (
    (
        _("Desk"),
        (
            (_("Articles"), "article", "article", "articles.view_article"),
            (_("Front page"), "newspaper", "frontpage", "articles.change_frontpage"),
            (_("Unclear mentions"), "quiz", "unclearmention", "articles.answer_mention"),
            (_("Photos"), "photo_library", "photo", "articles.view_photo"),
            (_("Posts from elsewhere"), "forward_to_inbox", "keptpost", "articles.view_keptpost"),
            (_("Corrections"), "published_with_changes", "correction", "articles.view_correction"),
            (_("Rules of style"), "spellcheck", "stylerule", "articles.view_stylerule"),
        ),
    ),
    (
        _("Rubrics and authors"),
        (
            (_("Categories"), "folder", "category", "articles.view_category"),
            (_("Regions"), "public", "region", "articles.view_region"),
            (_("Topics"), "tag", "topic", "articles.view_topic"),
            (_("Authors"), "badge", "author", "articles.view_author"),
        ),
    ),
    (
        _("Designations"),
        (
            (_("Registers"), "gavel", "register", "articles.view_register"),
            (_("Entries of the registers"), "corporate_fare", "organization", "articles.view_organization"),
            (_("Pending changes"), "pending_actions", "pending", "articles.change_register"),
            (_("Keepers' lists"), "list_alt_check", "listfile", "articles.view_listfile"),
            (_("Register files"), "upload_file", "registerimport", "articles.view_registerimport"),
            (_("Relabels"), "sync", "batch", "articles.view_batch"),
            (_("Register versions"), "history", "registerversion", "articles.view_registerversion"),
        ),
    ),
    (
        _("Works"),
        (
            (_("State of the house"), "monitor_heart", "trouble", "articles.view_trouble"),
            (_("Stored pages"), "web", "page", "articles.view_page"),
            (_("Job runs"), "settings_motion_mode", "jobrun", "articles.view_jobrun"),
            (_("Outgoing mail"), "outgoing_mail", "outbox", "articles.view_outbox"),
            (_("Events"), "list_alt", "event", "articles.view_event"),
            (_("Publication record"), "verified", "publicationrecord", "articles.view_publicationrecord"),
        ),
    ),
    (
        _("Administration"),
        (
            (_("Site settings"), "tune", "site", "articles.view_site"),
            (_("Users"), "person", "user", "auth.view_user"),
            (_("Changes that need two"), "supervisor_account", "accountchange", "articles.view_accountchange"),
            (_("Roles"), "group", "group", "auth.view_group"),
            (_("Freezes"), "ac_unit", "freeze", "articles.view_freeze"),
        ),
    ),
)


def title(request: HttpRequest) -> str:
    """Return the outlet's name in the editor's language, if it publishes in that."""
    return Site.current().name(desk_language())


def environment(request: HttpRequest) -> list[str]:
    """Name the zone in which all times of the admin are given."""
    return [_("Times: %(zone)s") % {"zone": Site.current().time_zone}, "info"]


def stylesheet(request: HttpRequest) -> str:
    return static("articles/admin.css")


def script(request: HttpRequest) -> str:
    return static("articles/admin.js")


def keys_script(request: HttpRequest) -> str:
    return static("articles/keys.js")


def favicon(request: HttpRequest) -> str:
    return static("articles/icon.svg")


def sidebar(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the groups with the entries that the user may see; empty groups are left out."""
    groups: list[dict[str, Any]] = [
        {"items": [{"title": _("Overview"), "icon": "dashboard", "link": reverse("admin:index")}]}
    ]
    for name, entries in GROUPS:
        items = [
            {"title": label, "icon": icon, "link": changelist(permission, model)} | badge(model)
            for label, icon, model, permission in entries
            if request.user.has_perm(permission)
        ]
        if items:
            groups.append({"title": name, "items": items})
    mark_open(groups[1:], request.path)
    return groups


def badge(model: str) -> dict[str, str]:
    """Return the number of open questions, for the entry of the queue."""
    number = waiting() if model == "unclearmention" else "0"
    return {"badge": number, "badge_variant": "warning"} if number != "0" else {}


def mark_open(groups: list[dict[str, Any]], path: str) -> None:
    """Mark the entry that `path` belongs to, one alone: the address of one list may begin like that of another."""
    items = [item for group in groups for item in group["items"]]
    opened = max((item["link"] for item in items if path.startswith(item["link"])), key=len, default="")
    for item in items:
        item["active"] = lambda request, here=item["link"] == opened: here


def changelist(permission: str, model: str) -> str:
    return reverse(f"admin:{permission.partition('.')[0]}_{model}_changelist")
