"""What every list and form of the admin shares: bounded counts, the nonce of scripts, read-only records."""

from collections.abc import Iterable, Iterator, Set
from contextlib import contextmanager
from datetime import datetime
from typing import Any, cast

from django.apps import apps
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.core.validators import MaxLengthValidator
from django.db import DataError, transaction
from django.db.models import Model
from django.forms import CharField
from django.http import HttpRequest, HttpResponse, RawPostDataException
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from js_asset import Media
from unfold.admin import ModelAdmin
from unfold.views import ChangeList

from ..models import Article, StaffId
from ..publishing import lock
from ..publishing.events import log
from .storing import StoresLast

COUNTED = 10_000
LONGEST_TEXT = 20_000  # characters of a text that its own model gives no length


class BoundedPaginator(Paginator):
    """Counts at most COUNTED rows, so that a list costs the same in an archive of a million.

    What lies beyond is reached by search and filters.
    """

    @cached_property
    def count(self) -> int:
        """Return the number of rows, or COUNTED when there are more."""
        rows: Any = self.object_list
        return int(rows[:COUNTED].count())


def editor_of(request: HttpRequest) -> User:
    """Return who is logged in: the admin's views let nobody else in."""
    return cast(User, request.user)


def body_of(request: HttpRequest) -> bytes:
    """Return what a script has sent; nothing where it came as a form, which has been read already."""
    try:
        return request.body
    except RawPostDataException:
        return b""


@contextmanager
def turn(article: Article) -> Iterator[datetime]:
    """Wait for whoever acts on the article, then give the moment of the next act, which is to be done inside.

    With the moment of the click, an act that has waited for another would take back what had not begun then.
    """
    with transaction.atomic():
        lock(article)
        yield timezone.now()


def name_of(staff: StaffId | None) -> str:
    """Return the name of who acted: the full name, the login, or the pseudonym of one who has been erased."""
    if staff is None:
        return str(_("the system"))
    return name_of_user(staff.user) if staff.user else staff.code


def name_of_user(user: User) -> str:
    """Return the full name, or the login of one who has given none."""
    return user.get_full_name() or user.get_username()


LONGEST_KEY = 18  # digits


class BoundedChangeList(ChangeList):
    def get_results(self, request: HttpRequest) -> None:
        """Without search and filters all there is is shown: no link to show it."""
        try:
            super().get_results(request)
        except (OverflowError, DataError) as error:  # a number in the address that no database holds
            raise IncorrectLookupParameters(error) from error
        if not self.query and not self.has_active_filters:
            self.full_result_count = self.result_count


def as_key(value: Any) -> Any:
    """Return what was sent if it can be a key, else "0": no such record, which the form says in words."""
    text = str(value or "")
    return value if not text or (text.isdecimal() and len(text) <= LONGEST_KEY) else "0"


class Keys:
    """Let through only what can be a key: a broken form is answered at the field."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)  # type: ignore[misc]
        return [as_key(one) for one in value] if isinstance(value, list) else as_key(value)


class KeySelect(Keys, AutocompleteSelect):
    """Choose one."""


class KeySelectMultiple(Keys, AutocompleteSelectMultiple):
    """Choose some."""


def without(fields: Iterable[Any], hidden: Set[str]) -> list[Any]:
    """Return the fields of a fieldset, single ones and rows, without those hidden."""
    rows = [[name for name in ([one] if isinstance(one, str) else one) if name not in hidden] for one in fields]
    return [row[0] if len(row) == 1 else tuple(row) for row in rows if row]


def without_ties(told: Iterable[Any], beginnings: tuple[str, ...]) -> list[Any]:
    """Return a list of texts, and of such lists, without those that begin so."""
    return [
        without_ties(one, beginnings) if isinstance(one, list) else one
        for one in told
        if isinstance(one, list) or not str(one).startswith(beginnings)
    ]


class NewsroomAdmin(ModelAdmin, StoresLast):
    show_full_result_count = False
    paginator = BoundedPaginator
    list_per_page = 50
    list_max_show_all = 200
    list_filter_submit = True
    list_fullwidth = True
    compressed_fields = False
    warn_unsaved_form = True
    is_setting = False  # of the outlet: a change is an event that others read

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the buttons of `actions_detail`, which Unfold adds in the view that `StoresLast` stands before."""
        shown: dict[str, Any] = {}
        if object_id and self.actions_detail:
            allowed = self.get_actions_detail(request, object_id)
            shown["actions_detail"] = self._get_actions_navigation(self.actions_detail, allowed, object_id)
        return super().changeform_view(request, object_id, form_url, shown | (extra_context or {}))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return BoundedChangeList

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave out, for those who may only look, what exists only in the form: Django prints its raw name."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        hidden = self.form.declared_fields.keys() - {field.name for field in self.model._meta.get_fields()}
        return [
            (name, options | {"fields": fields})
            for name, options in fieldsets
            if (fields := without(options["fields"], hidden))
        ]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Begin with an empty form: no page links to a filled one, and an address may say what no field can hold."""
        return {}

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Leave out rows that only tie two records together: they have names of the database alone."""
        told, counts, needed, protected = super().get_deleted_objects(objs, request)
        ties = [one._meta for one in apps.get_models(include_auto_created=True) if one._meta.auto_created]
        counts = {
            name: count for name, count in counts.items() if name not in {one.verbose_name_plural for one in ties}
        }
        return without_ties(told, tuple(f"{capfirst(one.verbose_name)}: " for one in ties)), counts, needed, protected

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """Leave saves that changed nothing out of the history: each button of an act saves first."""
        if not message:
            return None
        self.note_setting(request, obj, "settings changed", message)
        return super().log_change(request, obj, message)

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        self.note_setting(request, obj, "settings added", message)
        return super().log_addition(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for obj in queryset:
            self.note_setting(request, obj, "settings deleted", [])
        return super().log_deletions(request, queryset)

    def note_setting(self, request: HttpRequest, obj: Model, kind: str, message: Any) -> None:
        """Write down what somebody has changed of a setting: which fields, not what stands in them."""
        if self.is_setting:
            changed = [name for one in message for name in one.get("changed", {}).get("fields", ())]
            record = f"{self.opts.verbose_name}: {obj}"
            log(kind, by=editor_of(request), at=timezone.now(), record=record, fields=changed)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Give every text a length that no honest one has, said at its field."""
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(formfield, CharField) and formfield.max_length is None:
            formfield.max_length = LONGEST_TEXT
            formfield.validators.append(MaxLengthValidator(LONGEST_TEXT))
        return formfield

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KeySelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KeySelectMultiple(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Give inline scripts, such as the editor's import map, the nonce of the page's content policy."""
        context["media"] = Media.from_media(context["media"], nonce=getattr(request, "csp_nonce", ""))
        return super().render_change_form(request, context, *args, **kwargs)


class ReadOnlyAdmin(NewsroomAdmin):
    """A record that the system writes: seen, never edited."""

    actions: Any = None
    warn_unsaved_form = False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
