"""The texts of several photos on one page, saved together: alternative text, caption, credit, licence, rights."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.forms.models import BaseModelFormSet, modelformset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from articles.models import Photo
from articles.models.fields import TextEntry
from articles.models.languages import columns, desk_used
from articles.photos.files import web_path

from .choose import keys_of
from .taking import TakingAdmin


class SheetForm(forms.ModelForm):
    """One photo of the sheet."""

    class Meta:
        model = Photo
        fields = (*columns("alt"), *columns("caption"), "credit", "licence")
        widgets = {
            **dict.fromkeys((*columns("alt"), *columns("caption")), UnfoldAdminTextareaWidget(attrs={"rows": 2})),
            **dict.fromkeys(("credit", "licence"), UnfoldAdminTextInputWidget),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        used = {*columns("alt", desk_used()), *columns("caption", desk_used())}
        for name in {*columns("alt"), *columns("caption")} - used:
            del self.fields[name]

    @property
    def is_there(self) -> bool:
        """Whether its file lies where it should."""
        return web_path(self.instance).is_file()


class ForAllForm(forms.Form):
    """What is put into each photo of the sheet that has none of its own."""

    credit = TextEntry(
        label=gettext_lazy("Credit for all"),
        max_length=200,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text=gettext_lazy("Put into each photo that names none."),
    )
    licence = TextEntry(
        label=gettext_lazy("Licence for all"), max_length=100, required=False, widget=UnfoldAdminTextInputWidget
    )


SheetFormSet = modelformset_factory(Photo, form=SheetForm, extra=0, max_num=100, validate_max=True)


class SheetAdmin(TakingAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.sheet_view))
        return [path("sheet/", view, name="articles_photo_sheet"), *super().get_urls()]

    def sheet_view(self, request: HttpRequest) -> HttpResponse:
        """Show the photos that `ids` names, or save what was written of them."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        ids = keys_of(request.GET.get("ids", ""))
        photos = Photo.objects.filter(pk__in=ids).order_by("pk")
        sent = request.POST if request.method == "POST" else None
        formset = SheetFormSet(sent, queryset=photos, prefix="photo")
        for_all = ForAllForm(sent, prefix="all")
        if sent is not None and not names_only(formset, photos):
            messages.error(request, _("One of the photos is no longer there. Nothing was saved."))
            return redirect(request.get_full_path())
        if sent is not None and for_all.is_valid() and formset.is_valid():
            self.saved(request, formset, for_all.cleaned_data)
            return redirect(done_address(request, ids))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Texts of the photos"),
            "opts": self.opts,
            "is_popup": "_popup" in request.GET,
            "formset": formset,
            "for_all": for_all,
            "done": "done" in request.GET,
            "ids": ids,
        }
        return TemplateResponse(request, "admin/articles/photo/sheet.html", context)

    def saved(self, request: HttpRequest, formset: "BaseModelFormSet[Any, Any]", for_all: dict[str, str]) -> None:
        """Store what was written, with what is for all where a photo has none of its own, in one transaction."""
        number = 0
        with transaction.atomic():
            for form in formset:
                photo = form.instance
                common = {name: text for name, text in for_all.items() if text and not getattr(photo, name).strip()}
                changed = sorted({*form.changed_data, *common} - {"id"})
                if not changed:
                    continue
                for name, text in common.items():
                    setattr(photo, name, text)
                photo.save(update_fields=changed)
                self.log_change(request, photo, [{"changed": {"fields": changed}}])
                number += 1
        says = ngettext("%(number)d photo was saved.", "%(number)d photos were saved.", number)
        messages.success(request, says % {"number": number})


def names_only(formset: "BaseModelFormSet[Any, Any]", photos: QuerySet[Photo]) -> bool:
    """Say whether what was sent is of these photos, and of no others."""
    try:
        sent = [form.instance.pk for form in formset.initial_forms]
    except (KeyError, IndexError):
        return False
    return set(sent) <= {one.pk for one in photos} and len(formset.forms) == len(sent)


def done_address(request: HttpRequest, ids: list[int]) -> str:
    """Return where saving leads: to the list; in a window of the article's form back to the sheet, which tells that
    form."""
    if "_popup" not in request.GET:
        return reverse("admin:articles_photo_changelist")
    listed = ",".join(map(str, ids))
    return reverse("admin:articles_photo_sheet") + f"?ids={listed}&_popup=1&done=1"
