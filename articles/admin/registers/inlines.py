"""What an entry holds, on its page: names and resources, a page of each at a time, and designations."""

from typing import Any

from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.decorators import display

from articles.models import Designation, Name, Organization, Resource

from ..base import NewsroomAdmin
from .entry_form import PeriodFormSet
from .name_form import NameForm, NameFormSet, NewNameFormSet
from .paged import PagedFormSet, RowsAsked, new_of
from .resource_form import NewResourceFormSet, ResourceForm, ResourceFormSet

JUDGED = {"text", "language", "strength", "inflection", "kind", "more"}


class EntryInline(TabularInline):
    extra = 0
    hide_title = True

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Read what can be chosen once, not for each row."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None:
            field.choices = list(field.choices)
        return field


class NameInline(EntryInline):
    model = Name
    form = NameForm
    formset = NameFormSet
    fields = ("text", "language", "kind", "strength", "inflection", "more", "review", "position")
    ordering_field = "position"
    hide_ordering_field = True
    template_before = "admin/articles/registers/_pages.html"


class NewNameInline(EntryInline):
    model = Name
    form = NameForm
    formset = NewNameFormSet
    extra = 1
    fields = ("text", "language", "kind", "strength", "inflection", "more")
    verbose_name_plural = _("new names")


class DesignationInline(EntryInline):
    model = Designation
    formset = PeriodFormSet
    fields = ("register", "designated_from", "designated_until", "in_words", "source")
    readonly_fields = ("in_words",)

    @display(description=_("that is"))
    def in_words(self, designation: Designation) -> str:
        """Return the period as a sentence: an unknown start is called so, the end is the first day free of it."""
        if not designation.pk:
            return ""
        since, until = designation.designated_from, designation.designated_until
        begin = _("from %s") % date_format(since, "j E Y") if since else _("start unknown: counts on every day")
        return f"{begin}, " + _("until the day before %s") % date_format(until, "j E Y") if until else str(begin)


class ResourceInline(EntryInline):
    model = Resource
    form = ResourceForm
    formset = ResourceFormSet
    fields = ("kind", "service", "value", "number", "register")
    template_before = "admin/articles/registers/_pages.html"


class NewResourceInline(EntryInline):
    model = Resource
    form = ResourceForm
    formset = NewResourceFormSet
    extra = 1
    fields = ("kind", "service", "value", "number", "register")
    verbose_name_plural = _("new resources")


class PagedViews(NewsroomAdmin):
    """An entry with many names or resources: a page of them at a time, with a box for new ones above."""

    paged = ((NameInline, NewNameInline), (ResourceInline, NewResourceInline))
    change_form_outer_after_template = "admin/articles/registers/_searches.html"

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Put a box for new rows above each list of more than a page, which is ordered by numbers then."""
        instances = super().get_inline_instances(request, obj)
        if obj is None or not obj.pk:
            return instances
        for plain, new in self.paged:
            place = next((n for n, one in enumerate(instances) if type(one) is plain), None)
            if place is None or not is_paged(request, obj, plain.formset):
                continue
            instances[place].max_num = 0
            instances[place].ordering_field, instances[place].hide_ordering_field = None, False
            box = new(self.model, self.admin_site)
            if box.has_add_permission(request, obj):
                instances.insert(place, box)
        return instances

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if issubclass(inline.formset, PagedFormSet):
            kwargs["asked"] = RowsAsked.of(request, prefix)
        return kwargs

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """A name that a person has written or judged is reviewed by hand: no import changes it any more."""
        if formset.model is not Name:
            super().save_formset(request, form, formset, change)
            return
        for inline in formset.forms:
            if JUDGED.intersection(inline.changed_data):
                inline.instance.review = "hand"
        if isinstance(formset, NewNameFormSet):
            put_last(formset)
        super().save_formset(request, form, formset, change)
        if isinstance(formset, NameFormSet) and formset.is_bound:
            moved = {one.instance.pk for one in formset.initial_forms if "position" in one.changed_data}
            if moved and f"{new_of(formset.named)}-TOTAL_FORMS" in formset.data:
                renumber(form.instance, moved)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Stay on the page of the names on which one goes on editing."""
        response = super().response_change(request, obj)
        if "_continue" in request.POST and isinstance(response, HttpResponseRedirect):
            response["Location"] = with_pages(response["Location"], request)
        return response


def is_paged(request: HttpRequest, entry: Organization, listed: type[PagedFormSet]) -> bool:
    """Say whether the entry has more than a page; of a form that was sent, whether it had when it was opened."""
    if request.method == "POST":
        return f"{new_of(listed.named)}-TOTAL_FORMS" in request.POST
    return rows_of(entry, listed) > listed.size


def rows_of(entry: Organization, listed: type[PagedFormSet]) -> int:
    """Return how many the entry has, counted once: the admin asks several times for a page."""
    counts: dict[str, int] = entry.__dict__.setdefault("_counted", {})
    if listed.named not in counts:
        counts[listed.named] = getattr(entry, listed.named).count()
    return counts[listed.named]


def put_last(formset: NewNameFormSet) -> None:
    """Give new names the places after those that the entry has."""
    last = Name.objects.filter(organization=formset.instance).aggregate(last=Max("position"))["last"]
    for number, form in enumerate(formset.extra_forms, start=1):
        form.instance.position = (last if last is not None else -1) + number


def renumber(entry: Organization, moved: set[int]) -> None:
    """Number the names from 0 on, one that was given a place before those that had it."""
    names = sorted(entry_names(entry), key=lambda one: (one.position, one.pk not in moved, one.pk))
    changed = []
    for place, name in enumerate(names):
        if name.position != place:
            name.position = place
            changed.append(name)
    Name.objects.bulk_update(changed, ["position"], batch_size=200)


def entry_names(entry: Organization) -> list[Name]:
    return list(Name.objects.filter(organization=entry).only("position"))


def with_pages(address: str, request: HttpRequest) -> str:
    """Return the address with the pages and searches that the form was of."""
    path, _sign, query = address.partition("?")
    values = QueryDict(query, mutable=True)
    for prefix in (NameFormSet.named, ResourceFormSet.named):
        for name in (f"{prefix}-page", f"{prefix}-q"):
            if request.POST.get(name):
                values[name] = request.POST[name]
    return f"{path}?{values.urlencode()}" if values else path
