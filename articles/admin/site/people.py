"""Users and their roles. Roles are the groups that the code keeps; they are given, not edited."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Field, ManyToManyField, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from articles.models.fields import TextEntry

from ..base import NewsroomAdmin, ReadOnlyAdmin
from .asking import AsksAgain

VERBS = {"add": _("add"), "change": _("change"), "delete": _("delete"), "view": _("view")}

admin.site.unregister(User)
admin.site.unregister(Group)


def role_name(group: Group) -> str:
    """Return a role's name in the user's language."""
    return str(_(group.name))


class RoleFilter(admin.RelatedFieldListFilter):
    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        return [(pk, str(_(str(name)))) for pk, name in super().field_choices(field, request, model_admin)]


class RoleField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Group) -> str:
        return role_name(obj)


@admin.register(User)
class UserAdmin(AsksAgain, DjangoUserAdmin, NewsroomAdmin):  # type: ignore[misc]
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ("username", "full_name", "email", "roles", "is_active", "last_login")
    list_filter = (("groups", RoleFilter), "is_active")
    list_filter_submit = False
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": (("first_name", "last_name"), "email")}),
        (_("Role"), {"fields": (("is_active", "is_staff"), "groups")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "password1", "password2")}),
        (_("Role"), {"fields": ("is_staff", "groups")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The address of somebody else is changed by two (`site.accounts`)."""
        fields = super().get_readonly_fields(request, obj)
        return (*fields, "email") if obj and obj.email and obj.pk != request.user.pk else fields

    def formfield_for_dbfield(self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any) -> Any:
        """Take control characters out of the names, as our own columns do."""
        if db_field.name in ("first_name", "last_name"):
            kwargs["form_class"] = TextEntry
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs |= {"form_class": RoleField, "label": _("Role"), "widget": UnfoldAdminCheckboxSelectMultipleWidget}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Who gets an account works at the desk, unless an administrator says otherwise."""
        return {"is_staff": True}

    @display(description=_("name"), ordering="last_name")
    def full_name(self, user: User) -> str:
        return user.get_full_name()

    @display(description=_("role"), label=True)
    def roles(self, user: User) -> list[str]:
        return [role_name(group) for group in user.groups.all()]


@admin.register(Group)
class RoleAdmin(DjangoGroupAdmin, ReadOnlyAdmin):  # type: ignore[misc]
    list_display = ("role",)
    filter_horizontal = ()
    fields = ("role", "may")

    @display(description=_("role"), ordering="name")
    def role(self, group: Group) -> str:
        return role_name(group)

    @display(description=_("may"))
    def may(self, group: Group) -> str:
        """Return what the role may do, model by model."""
        held = group.permissions.select_related("content_type").order_by("content_type__model", "codename")
        return format_html_join("", "<div>{}</div>", ([in_words(permission)] for permission in held))


def in_words(permission: Permission) -> str:
    """Return a permission as people read it; Django writes those of a model in English only."""
    verb, _between, name = permission.codename.partition("_")
    model = permission.content_type.model_class()
    if model is None or verb not in VERBS or name != permission.content_type.model:
        return str(_(permission.name))
    return f"{model._meta.verbose_name}: {VERBS[verb]}"
