"""What no text of the registers' desk may tell: birth dates, numbers of persons, addresses."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.footnotes.registers.private import holds_private

NOT_KEPT = _("This tells a birth date, a person's number or an address, which is not kept here.")


def tells_nothing_private(text: str) -> None:
    """Refuse a reason, a source or a remark that does. Raises ValidationError."""
    if holds_private(text):
        raise ValidationError(NOT_KEPT, code="private")
