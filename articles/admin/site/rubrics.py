"""Categories, regions and topics. A designated name in theirs is marked where pages print it (`editions.names`)."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from articles.models import Category, Region, Topic
from articles.models.languages import columns
from articles.publishing.pages import touch_story

from ..base import NewsroomAdmin
from .languages import InStepForm, InUsedLanguages

NAMES, ABOUT = columns("name"), columns("about")


class RubricForm(InStepForm):
    class Meta:
        fields = (*NAMES, "slug", "iptc_code", "position")
        widgets = {"position": forms.NumberInput}


@admin.register(Category, Region)
class RubricAdmin(InUsedLanguages, NewsroomAdmin):
    is_setting = True
    form = RubricForm
    list_display = (*NAMES, "slug", "iptc_code", "position")
    list_editable = ("position",)
    search_fields = (*NAMES, "slug")
    prepopulated_fields = {"slug": NAMES[:1]}
    fields: tuple[Any, ...] = (NAMES, "slug", ("iptc_code", "position"))


class TopicForm(RubricForm):
    class Meta(RubricForm.Meta):
        fields = (*RubricForm.Meta.fields, *ABOUT)


@admin.register(Topic)
class TopicAdmin(RubricAdmin):
    """A topic has a page of its own with what is written of the story."""

    form = TopicForm
    fields = (*RubricAdmin.fields, *ABOUT)

    def save_model(self, request: HttpRequest, obj: Topic, form: Any, change: bool) -> None:
        """Store it; the page of the story is made anew where its text is another."""
        super().save_model(request, obj, form, change)
        if {*ABOUT} & {*form.changed_data}:
            touch_story(obj, timezone.now())
