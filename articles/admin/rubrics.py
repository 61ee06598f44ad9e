"""Categories, regions and topics. A name that holds a designated name is refused: rubrics carry no marks."""

from django import forms
from django.contrib import admin

from ..models import Category, Region, Topic
from .base import NewsroomAdmin
from .names import NamesForm


class RubricForm(NamesForm):
    class Meta:
        fields = ("name_en", "name_ru", "slug", "iptc_code", "position")
        widgets = {"position": forms.NumberInput}


@admin.register(Category, Region, Topic)
class RubricAdmin(NewsroomAdmin):
    form = RubricForm
    list_display = ("name_en", "name_ru", "slug", "iptc_code", "position")
    list_editable = ("position",)
    search_fields = ("name_en", "name_ru", "slug")
    prepopulated_fields = {"slug": ("name_en",)}
    fields = (("name_en", "name_ru"), "slug", ("iptc_code", "position"))
