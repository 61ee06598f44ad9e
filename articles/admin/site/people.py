"""Users and their roles. Roles are the groups that the code keeps; they are given, not edited, and never by oneself."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import UsernameField
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Field, ManyToManyField, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from articles.accounts.adapter import verified_address
from articles.accounts.addresses import password_link
from articles.models.fields import TextEntry
from articles.publishing import Refused
from articles.publishing.people import Account, account_of, check_account, may_change, note_account, send_password_link

from ..base import NewsroomAdmin, ReadOnlyAdmin, as_key, editor_of
from ..storing import FormOutdated
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
    def clean(self, value: Any) -> Any:
        """Take what can be a key: a number that no database holds is answered at the field."""
        return super().clean([as_key(one) for one in value] if isinstance(value, list) else value)

    def label_from_instance(self, obj: Group) -> str:
        return role_name(obj)


class AccountForm(forms.ModelForm):
    """An account and its roles. `by`: who fills it in, set by `UserAdmin.get_form`."""

    by: User

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "email", "is_active", "is_staff", "groups")
        field_classes = {"username": UsernameField}

    def clean(self) -> dict[str, Any]:
        """Refuse, at its field, what nobody may do to an account."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                check_account(self.instance, self.asked(), by=self.by)
            except Refused as refused:
                self.add_error(refused.field if refused.field in self.fields else None, str(refused))
        return cleaned

    def asked(self) -> Account:
        """Return what the account would be allowed: what the form does not ask for stays."""
        stands, given = account_of(self.instance), self.cleaned_data
        return Account(
            frozenset(group.name for group in given["groups"]) if "groups" in given else stands.roles,
            given.get("is_active", stands.is_active if self.instance.pk else True),
            given.get("is_staff", stands.is_staff),
        )


class NewAccountForm(AccountForm):
    """Nobody sets another's password: the person does, by the link that is mailed to them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True

    def save(self, commit: bool = True) -> Any:
        self.instance.set_unusable_password()
        return super().save(commit)


@admin.register(User)
class UserAdmin(AsksAgain, DjangoUserAdmin, NewsroomAdmin):  # type: ignore[misc]
    form = AccountForm
    add_form = NewAccountForm
    list_display = ("username", "full_name", "email", "roles", "is_active", "last_login")
    list_filter = (("groups", RoleFilter), "is_active")
    list_filter_submit = False
    filter_horizontal = ()
    actions_detail = ("send_link",)
    fieldsets = (
        (None, {"fields": ("username",)}),
        (_("Person"), {"fields": (("first_name", "last_name"), "email")}),
        (_("Role"), {"fields": (("is_active", "is_staff"), "groups")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username",)}),
        (_("Person"), {"fields": (("first_name", "last_name"), "email")}),
        (_("Role"), {"fields": ("is_staff", "groups")}),
    )

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.link_view)
        return [path("<int:user_id>/link/", view, name="auth_user_link"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_form(
        self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        form: type[forms.ModelForm] = super().get_form(request, obj, change=change, **kwargs)
        form.by = editor_of(request)  # type: ignore[attr-defined]  # a class made for this request
        return form

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Nobody gives roles to themselves; the address of one who has it and a password is changed by two.

        That is done in `site.accounts`.
        """
        if obj is None:
            return ()
        if obj.pk == editor_of(request).pk:
            return ("username", "is_active", "is_staff", "groups")
        return ("email",) if obj.email and obj.has_usable_password() else ()

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        allowed: bool = super().has_change_permission(request, obj)
        return allowed and (obj is None or may_change(obj, by=editor_of(request)))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """An account is closed, not deleted: what its person did stays told."""
        return False

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """Lead to one's own; nobody sets another's."""
        if unquote(id) != str(editor_of(request).pk):
            raise PermissionDenied
        return redirect("admin:password_change")

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Look once more, in the transaction that stores: two administrators may act at once."""
        self.begin(request, obj)
        obj._was = account_of(obj)  # type: ignore[attr-defined]
        try:
            check_account(obj, form.asked(), by=editor_of(request))
        except Refused as refused:
            raise FormOutdated from refused
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        user, by, at = form.instance, editor_of(request), timezone.now()
        fields = [name for name in form.changed_data if name not in ("groups", "is_active")]
        note_account(user, user._was, by=by, at=at, changed=fields if change else [], new=not change)
        if not change:
            self.send(request, user)

    def send(self, request: HttpRequest, user: User) -> None:
        """Mail the link by which the person sets a password, and say how that went."""

        def tell(went: bool) -> None:
            if went:
                messages.success(request, _("A link to set a password is mailed to %(to)s.") % {"to": user.email})
            else:
                messages.error(request, _("The link could not be mailed: look after the mail, then send it again."))

        try:
            send_password_link(user, password_link(user), by=editor_of(request), at=timezone.now(), tell=tell)
        except Refused as refused:
            messages.error(request, str(refused))

    def has_link_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        user = User.objects.filter(pk=as_key(object_id)).first() if object_id else None
        return user is not None and self.may_send(request, user)

    def may_send(self, request: HttpRequest, user: User) -> bool:
        """Say whether a link may be mailed: to who has no password yet, else only to an address that is confirmed."""
        known = not user.has_usable_password() or bool(verified_address(user))
        return user.is_active and known and self.has_change_permission(request, user)

    @action(description=_("Send a link to set a password"), url_path="send-link", permissions=["link"])
    def send_link(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return redirect("admin:auth_user_link", object_id)

    def link_view(self, request: HttpRequest, user_id: int) -> HttpResponse:
        """Ask, then mail the link."""
        user = self.get_object(request, str(user_id))
        if user is None:
            raise Http404
        if not self.may_send(request, user):
            raise PermissionDenied
        back = reverse("admin:auth_user_change", args=[user.pk])
        if request.method == "POST":
            with transaction.atomic():
                self.send(request, user)
            return redirect(back)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Send a link to set a password"),
            "says": _("%(name)s gets it by mail to %(to)s. It works once; the password of now works until it is used.")
            % {"name": user.get_full_name() or user.get_username(), "to": user.email or "…"},
            "label": _("Send"),
            "back": back,
        }
        return TemplateResponse(request, "admin/articles/registers/ask.html", context)

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
