"""What stands still under a freeze, asked of its row at each act: every process knows at once."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ..models import Freeze
from ..models.freeze import open_freezes
from .errors import Refused

# Permissions whose use changes what the public sees.
PUBLISHES = frozenset({"publish_article", "withdraw_article", "override_gate", "add_erasure", "change_frontpage"})
ALWAYS = frozenset({"add_freeze", "change_freeze"})  # a freeze keeps nobody from freezing and lifting


class Frozen(Refused):
    """The newsroom is frozen: who did it, when and why stands in the message."""


def refuse_frozen(what: str = "publishing") -> None:
    """Raise Frozen while `what` stands still: "publishing", "accounts" (both under each freeze), or "everything"."""
    for freeze in open_freezes():
        if what != "everything" or freeze.scope == "everything":
            raise Frozen("", said(freeze))


def refuse_frozen_act(codename: str) -> None:
    """Raise Frozen where the use of a permission, such as "publish_article", stands still."""
    if codename in PUBLISHES:
        refuse_frozen("publishing")
    elif codename not in ALWAYS and not codename.startswith("view_"):
        refuse_frozen("everything")


def said(freeze: Freeze) -> str:
    """Say in one or two sentences what stands still, who did it, when, and why."""
    what = _("Everything but reading is frozen") if freeze.scope == "everything" else _("Publishing is frozen")
    return _("%(what)s: %(who)s, %(when)s. Reason: %(reason)s") % {
        "what": what,
        "who": name_of_freezer(freeze),
        "when": date_format(localtime(freeze.begun_at), "j E Y, H:i"),
        "reason": freeze.reason,
    }


def name_of_freezer(freeze: Freeze) -> str:
    """Return who has frozen: the name, the pseudonym of one who was erased, or the server's command line."""
    staff = freeze.begun_by
    if staff is None:
        return _("the server's command line")
    return (staff.user.get_full_name() or staff.user.get_username()) if staff.user else staff.code
