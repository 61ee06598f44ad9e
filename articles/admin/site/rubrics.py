"""Categories, regions and topics. A name that holds a designated name is refused: rubrics carry no marks."""

from django import forms
from django.contrib import admin

from articles.models import Category, Region, Topic
from articles.models.languages import columns

from ..base import NewsroomAdmin
from .languages import InUsedLanguages
from .names import NamesForm

NAMES = columns("name")


class RubricForm(NamesForm):
    class Meta:
        fields = (*NAMES, "slug", "iptc_code", "position")
        widgets = {"position": forms.NumberInput}


@admin.register(Category, Region, Topic)
class RubricAdmin(InUsedLanguages, NewsroomAdmin):
    form = RubricForm
    list_display = (*NAMES, "slug", "iptc_code", "position")
    list_editable = ("position",)
    search_fields = (*NAMES, "slug")
    prepopulated_fields = {"slug": NAMES[:1]}
    fields = (NAMES, "slug", ("iptc_code", "position"))
