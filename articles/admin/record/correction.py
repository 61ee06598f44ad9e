"""The public log of corrections, read only: an entry is made when an article is corrected or retracted."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from articles.models import Correction

from ..base import ReadOnlyAdmin, name_of


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    list_display = ("made_at", "kind_label", "article_link", "text")
    list_display_links = ("made_at",)
    list_filter = ("kind", "article__language")
    list_select_related = ("article", "made_by__user")
    search_fields = ("text", "article__headline")
    fields = ("article_link", "kind", "text", "made_at", "who")

    @display(
        description=_("kind"),
        ordering="kind",
        label={"correction": "warning", "clarification": "info", "update": "info", "retraction": "danger"},
    )
    def kind_label(self, correction: Correction) -> tuple[str, str]:
        return correction.kind, correction.get_kind_display()

    @display(description=_("article"), ordering="article")
    def article_link(self, correction: Correction) -> str:
        return format_html(
            '<a href="{}">{}</a>',
            reverse("admin:articles_article_change", args=[correction.article_id]),
            correction.article.headline,
        )

    @display(description=_("who"))
    def who(self, correction: Correction) -> str:
        return name_of(correction.made_by)
