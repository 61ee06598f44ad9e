"""Users and their roles. Roles are the groups that the code keeps; they are given, not edited."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from .base import NewsroomAdmin, ReadOnlyAdmin

admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(DjangoUserAdmin, NewsroomAdmin):  # type: ignore[misc]
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ("username", "full_name", "email", "roles", "is_active", "last_login")
    list_filter = ("groups", "is_active")
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

    @display(description=_("name"), ordering="last_name")
    def full_name(self, user: User) -> str:
        return user.get_full_name()

    @display(description=_("role"), label=True)
    def roles(self, user: User) -> list[str]:
        return [str(_(group.name)) for group in user.groups.all()]


@admin.register(Group)
class RoleAdmin(DjangoGroupAdmin, ReadOnlyAdmin):  # type: ignore[misc]
    filter_horizontal = ()
    fields = ("name", "permissions")
