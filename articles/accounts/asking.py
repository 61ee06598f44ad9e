"""Asked again: before what cannot be taken back somebody shows once more that it is he who sits there.

A login counts, and each answer; after `ASK_AGAIN_MINUTES` the form of the act has one field more. Nothing is led
elsewhere, so that what was typed stays where it is.
"""

import re
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.base.forms import ReauthenticateForm
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminPasswordWidget

from . import throttle
from .confirm import mark, recently

FIELD = "confirmation"
CODE = re.compile(r"[0-9]{6,8}")


def confirm(request: HttpRequest, answer: str) -> str:
    """Take the password of the person, or a code of the second factor; return "", which is kept of it.

    Raises ValidationError for anything else.
    """
    user: Any = request.user
    if throttle.asked_too_often(request, user.pk):
        raise ValidationError(_("Too many attempts. Wait a minute, then try again."))
    code = answer.replace(" ", "")
    if CODE.fullmatch(code):
        form = ReauthenticateForm(user=user, data={"code": code})
        if not form.is_valid():
            raise ValidationError(_("This is neither your password nor a code that is valid now."))
        form.save()
    else:
        if not get_adapter(request).reauthenticate(user, answer):
            raise ValidationError(_("This is neither your password nor a code that is valid now."))
        reauthenticate_by_password(request)
    mark(request, timezone.now())
    return ""


class Confirmation(forms.CharField):
    """The field in which a form asks again."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Your password, or a code of your second factor"),
            help_text=gettext_lazy("It is some time since you showed who you are. What you typed here stays."),
            strip=False,
            max_length=200,
            widget=UnfoldAdminPasswordWidget(attrs={"autocomplete": "current-password"}),
        )

    def has_changed(self, initial: Any, data: Any) -> bool:
        """It is no change of what the form is about."""
        return False


def ask(form: forms.BaseForm, request: HttpRequest) -> None:
    """Add the field to a form, as its last one, if the person has not shown who he is for a while."""
    if recently(request, timezone.now()):
        return
    form.fields[FIELD] = Confirmation()

    setattr(form, f"clean_{FIELD}", lambda: confirm(request, form.cleaned_data[FIELD]))


def no_longer(form: forms.BaseForm, request: HttpRequest) -> None:
    """Take the field from a form that is shown once more after the right answer."""
    if FIELD in form.fields and recently(request, timezone.now()):
        del form.fields[FIELD]
