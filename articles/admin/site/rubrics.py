"""Categories, regions and topics. A designated name in theirs is marked where pages print it (`editions.names`)."""

from django import forms
from django.contrib import admin

from articles.models import Category, Region, Topic
from articles.models.languages import columns

from ..base import NewsroomAdmin
from .languages import InStepForm, InUsedLanguages

NAMES = columns("name")


class RubricForm(InStepForm):
    class Meta:
        fields = (*NAMES, "slug", "iptc_code", "position")
        widgets = {"position": forms.NumberInput}


@admin.register(Category, Region, Topic)
class RubricAdmin(InUsedLanguages, NewsroomAdmin):
    is_setting = True
    form = RubricForm
    list_display = (*NAMES, "slug", "iptc_code", "position")
    list_editable = ("position",)
    search_fields = (*NAMES, "slug")
    prepopulated_fields = {"slug": NAMES[:1]}
    fields = (NAMES, "slug", ("iptc_code", "position"))
