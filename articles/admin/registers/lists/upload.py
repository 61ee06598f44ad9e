"""The one entry for files: a keeper's list, or a register file of ours; which it is, is told by its content."""

import json
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminSelectWidget, UnfoldBooleanSwitchWidget

from articles.interchange.keeper.layouts import title_of
from articles.interchange.keeper.take import read_file
from articles.lists.read import MOST_BYTES
from articles.models import ListLayout, Register
from articles.publishing import Refused

MOST_LOOKED_AT = 20 * 2**20  # bytes of a JSON file that may be one of ours


class LayoutField(forms.ModelChoiceField):
    def label_from_instance(self, row: ListLayout) -> str:
        return title_of(row)


class ListForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=UnfoldAdminFileFieldWidget,
        help_text=gettext_lazy(
            "As the keeper published it: XLSX, ODS, a saved page (HTML), XML, CSV, OpenSanctions; or a register file of"
            " ours (JSON). At most 50 MB. The file itself is not kept."
        ),
    )
    register = forms.ModelChoiceField(
        Register.objects.all(),
        label=gettext_lazy("Register"),
        required=False,
        empty_label=gettext_lazy("as the file says"),
        widget=UnfoldAdminSelectWidget,
    )
    layout = LayoutField(
        ListLayout.objects.all(),
        label=gettext_lazy("Layout"),
        required=False,
        empty_label=gettext_lazy("recognized by the content"),
        widget=UnfoldAdminSelectWidget,
    )
    partial = forms.BooleanField(
        label=gettext_lazy("The file holds only a part of the list"),
        required=False,
        widget=UnfoldBooleanSwitchWidget,
        help_text=gettext_lazy("Then nobody is asked about what it does not name, and it does not count as a check."),
    )


@dataclass(frozen=True)
class Offered:
    """A file that was sent, with what the person says of it."""

    content: bytes
    name: str
    register: Register | None
    layout: ListLayout | None
    partial: bool

    @classmethod
    def of(cls, cleaned: dict[str, Any], drawn: ListLayout | None) -> "Offered":
        """Return what the form holds; `drawn` is a layout that was just drawn up, and goes before the choice."""
        layout = drawn or cleaned["layout"]
        register = cleaned["register"] or (layout.register if layout else None)
        file = cleaned["file"]
        content: bytes = file.read(MOST_BYTES + 1)
        return cls(content, str(file.name)[-200:], register, layout, cleaned["partial"])


def is_ours(content: bytes) -> bool:
    """Say whether the file is a register file of ours: JSON with registers or organizations."""
    if not content[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") or len(content) > MOST_LOOKED_AT:
        return False
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        return False
    return isinstance(data, dict) and ("organizations" in data or "registers" in data)


def register_of(offered: Offered) -> Register:
    """Return the register that was chosen, else the one that the file is of. Raises Unreadable, Refused."""
    if offered.register is not None:
        return offered.register
    found = read_file(offered.content, offered.layout)
    register = Register.objects.filter(key=found.layout.register).first()
    if register is None:
        titles = found.layout.title
        values = {"layout": titles.get(get_language() or "en") or titles.get("en") or found.layout.name}
        raise Refused(
            "register",
            _("The file was read as “%(layout)s”, which belongs to no register of ours: choose the register.") % values,
        )
    return register


def register_named(content: bytes) -> Register | None:
    """Return the register that a register file of ours names, if it names one that we have."""
    data = json.loads(content)
    keys = [str(one.get("key")) for one in data.get("registers", []) if isinstance(one, dict)]
    if not keys:
        keys = sorted(
            {
                str(day.get("register"))
                for one in data.get("organizations", [])
                if isinstance(one, dict)
                for day in one.get("designations", [])
                if isinstance(day, dict)
            }
        )
    found = list(Register.objects.filter(key__in=keys)[:2])
    return found[0] if len(found) == 1 else None
