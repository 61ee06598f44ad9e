"""Fill in a form of the admin as a browser would send it, and read the complaints at its fields."""

from typing import Any

from django.forms import BaseForm, MultiWidget
from django.test import Client
from django.urls import reverse

from articles.models import Article

ADD = "admin:articles_article_add"
CHANGE = "admin:articles_article_change"


def values(form: BaseForm) -> dict[str, Any]:
    """Return what the fields hold, by their names in the request."""
    sent: dict[str, Any] = {}
    for bound in form:
        value, widget = bound.value(), bound.field.widget
        if isinstance(widget, MultiWidget):
            parts = value if isinstance(value, list) else widget.decompress(value) if value else [None, None]
            for number, part in enumerate(parts):
                sent[f"{bound.html_name}_{number}"] = "" if part is None else str(part)
        elif value is not None and value is not False:
            sent[bound.html_name] = value
    return sent


def filled(response: Any, **changes: Any) -> dict[str, Any]:
    """Return the data of a change page: its form, its inlines, and the changes."""
    sent = values(response.context["adminform"].form)
    for inline in response.context["inline_admin_formsets"]:
        sent |= values(inline.formset.management_form)
        for form in inline.formset.forms:
            sent |= values(form)
    return {key: value for key, value in (sent | changes).items() if value is not None}


def add_article(client: Client, **changes: Any) -> Any:
    """Send the form of a new article."""
    return client.post(reverse(ADD), filled(client.get(reverse(ADD)), **changes))


def change_article(client: Client, article: Article, **changes: Any) -> Any:
    """Open the form of an article, change fields, send it."""
    address = reverse(CHANGE, args=[article.pk])
    return client.post(address, filled(client.get(address), **changes))


def act(client: Client, article: Article, name: str, **answers: Any) -> Any:
    """Confirm an act on its own page."""
    return client.post(reverse("admin:articles_article_act", args=[article.pk, name]), answers)


def errors(response: Any) -> dict[str, list[str]]:
    """Return the complaints at each field of the article's form."""
    return {name: list(map(str, found)) for name, found in response.context["adminform"].form.errors.items()}
