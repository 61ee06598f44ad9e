"""Authors as the byline names them. A name that holds a designated organization's is refused: bylines carry no marks.

A person who is on a register may write: what articles say of it is among the outlet's settings.
"""

from django.contrib import admin

from articles.models import Author
from articles.models.languages import columns

from ..base import NewsroomAdmin
from ..site.languages import InUsedLanguages
from ..site.names import NamesForm

NAMES = columns("name")


class AuthorForm(NamesForm):
    engine_field = "byline"

    class Meta:
        model = Author
        fields = (*NAMES, "slug")


@admin.register(Author)
class AuthorAdmin(InUsedLanguages, NewsroomAdmin):
    form = AuthorForm
    list_display = (*NAMES, "slug")
    search_fields = (*NAMES, "slug")
    prepopulated_fields = {"slug": NAMES[:1]}
    fields = (NAMES, "slug")
