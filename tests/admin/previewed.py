"""Ask for the page of what stands in a form, as the form's script does; and what is known to differ of it."""

import json
import re
from typing import Any

from django.test import Client
from django.urls import reverse

from articles.models import Article
from tests.admin.forms import ADD, CHANGE, filled

LIVE = "/admin/articles/article/typed/preview/"
KNOWN = re.compile(
    r'<p class="preview-banner" role="note">[^<]*</p>\n|<base target="_blank">\n'
    r'|<meta name="robots" content="noindex">\n|<link rel="canonical" [^>]*>\n|<link rel="alternate" hreflang[^>]*>\n'
    r'|<script type="application/ld\+json">{"@context":"https://schema.org","@type":"BreadcrumbList"[^<]*</script>\n'
)


def in_form(client: Client, article: Article | None = None, **changes: Any) -> dict[str, Any]:
    """Return what the script reads from an article's form, with these changes typed in."""
    address = reverse(CHANGE, args=[article.pk]) if article else reverse(ADD)
    sent = filled(client.get(address), **changes)
    texts = {name: [*map(key, value)] if isinstance(value, list) else key(value) for name, value in sent.items()}
    return {name: value for name, value in texts.items() if name not in ("seen_version", "new_photo")}


def key(value: Any) -> str:
    return str(value.pk if hasattr(value, "pk") else value)


def ask(client: Client, fields: Any, article: Article | None = None, *, user: Any = None) -> Any:
    """Return the answer."""
    user = user or int(client.session["_auth_user_id"])
    sent = {"user": user, "article": article.pk if article else None, "fields": fields}
    return client.post(LIVE, json.dumps(sent), content_type="application/json")


def page_of(client: Client, fields: Any, article: Article | None = None) -> str:
    answer = ask(client, fields, article)
    assert answer.status_code == 200, answer.content
    return str(answer.json()["page"])


def without_known(page: str) -> str:
    """Return a page without what a preview and the page of readers are known to differ by."""
    return KNOWN.sub("", page).replace("\n\n", "\n")
