"""Staff under pseudonymous ids: records and editions hold only the id, whose link to a user can be erased."""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import CharField


def new_staff_code() -> str:
    """Return a fresh pseudonym: twelve characters, unrelated to the user."""
    return "s" + secrets.token_hex(6)[:11]


class StaffId(models.Model):
    code = CharField(_("pseudonym"), max_length=16, unique=True, default=new_staff_code, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="staff_id"
    )

    class Meta:
        verbose_name = _("staff pseudonym")
        verbose_name_plural = _("staff pseudonyms")

    def __str__(self) -> str:
        return self.code
