"""The form of a record with a name in each language, where no designated name may stand."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from articles import editions
from articles.models import CODES
from articles.registers import NoRegisters

from .languages import InStepForm


class NamesForm(InStepForm):
    engine_field = "name"

    def clean(self) -> dict[str, Any]:
        """Refuse, at its field, each name that holds a designated name."""
        cleaned = super().clean() or self.cleaned_data
        for language in CODES:
            field = f"name_{language}"
            try:
                text = cleaned.get(field, "")
                held = editions.holds_designated_name(text, language, timezone.now(), self.engine_field)
            except NoRegisters:  # nobody is designated yet
                held = None
            if held:
                self.add_error(
                    field,
                    _("“%(name)s” is on a register; it would stand here without its mark and note.") % {"name": held},
                )
        return cleaned
