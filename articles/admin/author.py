"""Authors as the byline names them. A name that holds a designated name is refused: bylines carry no marks."""

from django.contrib import admin

from ..models import Author
from .base import NewsroomAdmin
from .names import NamesForm


class AuthorForm(NamesForm):
    class Meta:
        model = Author
        fields = ("name_en", "name_ru", "slug")


@admin.register(Author)
class AuthorAdmin(NewsroomAdmin):
    form = AuthorForm
    list_display = ("name_en", "name_ru", "slug")
    search_fields = ("name_en", "name_ru", "slug")
    prepopulated_fields = {"slug": ("name_en",)}
    fields = (("name_en", "name_ru"), "slug")
