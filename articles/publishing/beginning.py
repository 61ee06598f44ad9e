"""The first steps of a newsroom that is no demo: the outlet's row, the starter registers, the first accounts."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from ..models import Article, Site
from ..models.languages import codes_of, columns
from ..registers import load_register_data, refresh_version
from .errors import Refused
from .roles import ROLES

STARTER = Path(__file__).resolve().parent.parent / "fixtures" / "registers.json"
ADMINISTRATOR = "Administrator"


@dataclass(frozen=True)
class NewAccount:
    """Who shall log in; `role`: a name of ROLES."""

    username: str
    email: str
    role: str


@dataclass(frozen=True)
class Beginning:
    """What a newsroom begins with. `names`: column → name; `languages`, `time_zone`, `jurisdictions`: as in Site."""

    names: dict[str, str]
    languages: str
    time_zone: str
    jurisdictions: Sequence[str] = ()
    accounts: Sequence[NewAccount] = field(default_factory=list)


def may_begin() -> bool:
    """Say whether the newsroom is still to be begun."""
    return not (settings.DEMO or Site.objects.exists() or Article.objects.exists())


def starter_jurisdictions() -> list[str]:
    """Return the jurisdictions that the starter registers are of."""
    data = json.loads(STARTER.read_text(encoding="utf-8"))
    return sorted({register["jurisdiction"] for register in data["registers"]})


def read_accounts(text: str) -> list[NewAccount]:
    """Return the accounts of a text, one a line: login, address, role, the role in English or the reader's language.

    Raises Refused, naming the line.
    """
    roles = {name.casefold(): role for role in ROLES for name in (role, _(role))}
    found = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        parts = [part.strip() for part in line.split(",")]
        if len(parts) != 3 or parts[2].casefold() not in roles:
            told = ", ".join(_(role) for role in ROLES)
            raise Refused(
                "accounts",
                _("“%(line)s”: expected login, address, role; the roles are %(roles)s.")
                % {"line": line, "roles": told},
            )
        found.append(NewAccount(parts[0], parts[1], roles[parts[2].casefold()]))
    return found


@transaction.atomic
def begin_newsroom(beginning: Beginning, *, at: datetime) -> dict[str, str]:
    """Store the outlet, the starter registers in force, and the accounts; return login → first password.

    Raises Refused, with the field that is wrong, and for a newsroom that has begun already, or is a demo.
    """
    if not may_begin():
        raise Refused("", _("This newsroom has been begun already, or is a demo."))
    site = Site(
        languages=beginning.languages, time_zone=beginning.time_zone, jurisdictions=sorted(beginning.jurisdictions)
    )
    used = columns("name", codes_of(site.languages))
    for column in columns("name"):
        name = beginning.names.get(column, "").strip()
        if column in used and not name:
            raise Refused(column, _("The outlet needs a name in each of its languages."))
        setattr(site, column, name or next(filter(None, beginning.names.values())))
    try:
        site.full_clean(validate_constraints=False)
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        raise Refused(name, messages[0]) from error
    site.save()
    passwords = {account.username: make_account(account) for account in beginning.accounts}
    if not User.objects.filter(groups__name=ADMINISTRATOR, is_active=True).exists():
        raise Refused("accounts", _("Name at least one administrator: nobody else can make accounts later."))
    load_register_data(json.loads(STARTER.read_text(encoding="utf-8")))
    refresh_version(at)
    return passwords


def make_account(account: NewAccount) -> str:
    """Make an account in its role; return its first password."""
    password = secrets.token_urlsafe(15)
    user = User(username=account.username, email=account.email, is_staff=True)
    user.set_password(password)
    try:
        validate_email(account.email)
        user.full_clean()
    except ValidationError as error:
        raise Refused("accounts", f"{account.username}: {' '.join(error.messages)}") from error
    user.save()
    user.groups.add(Group.objects.get(name=account.role))
    return password
