"""Rules of style at the desk: written, tried on the archive, then switched on."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget

from articles.editions.house_style import compile_rule, forms_of
from articles.interchange.style_trial import try_rule
from articles.models import StyleRule

from ..base import NewsroomAdmin


class StyleRuleForm(forms.ModelForm):
    class Meta:
        widgets = {"words": UnfoldAdminTextareaWidget(attrs={"rows": 3})}

    def clean_words(self) -> str:
        """Refuse words in which nothing could be found, and keep each on a line of its own."""
        lines = [line.strip() for line in self.cleaned_data["words"].splitlines() if line.strip()]
        if not all(forms_of(line, "en") for line in lines):
            raise forms.ValidationError(_("Each line needs a word."))
        return "\n".join(lines)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == "first_mention" and not cleaned.get("suggestion", "").strip():
            self.add_error("suggestion", _("Say what the first mention is to be in full."))
        return cleaned


@admin.register(StyleRule)
class StyleRuleAdmin(NewsroomAdmin):
    is_setting = True
    form = StyleRuleForm
    change_form_template = "admin/articles/stylerule/change_form.html"
    list_display = ("__str__", "kind", "language", "suggestion", "reason", "is_on")
    list_filter = ("is_on", "kind", "language")
    search_fields = ("words", "suggestion", "reason")
    fields = (("kind", "language"), "words", "suggestion", "reason", "is_on")

    def save_model(self, request: HttpRequest, obj: StyleRule, form: Any, change: bool) -> None:
        self.begin(request, obj)
        compile_rule(obj)
        super().save_model(request, obj, form, change)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Show beneath a saved rule what it would have said of the archive, where that is asked for."""
        rule = kwargs.get("obj")
        if rule is not None and "try" in request.GET:
            context["trial"] = try_rule(rule, timezone.now())
        return super().render_change_form(request, context, *args, **kwargs)
