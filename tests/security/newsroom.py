"""A newsroom with one of everything, and an article in each state, for whoever looks at what is open to them."""

import io
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group, User
from django.utils import timezone
from PIL import Image

from articles.models import (
    AccountChange,
    Article,
    Author,
    Category,
    Event,
    Freeze,
    JobRun,
    KeptPost,
    ListFile,
    ListLayout,
    ListRow,
    Organization,
    Outbox,
    Page,
    PassageNote,
    Photo,
    PreviewToken,
    PublicationRecord,
    Region,
    Register,
    RegisterImport,
    RegisterVersion,
    Site,
    StyleRule,
    Topic,
    Trouble,
    UnclearMention,
)
from articles.models.preview import digest_of
from articles.photos.files import rendition_file, web_file
from articles.photos.upload import add_photo
from articles.publishing import keep_version, publish, put_in_bin, schedule, withdraw
from articles.publishing.queue import refresh
from articles.publishing.record import erase
from articles.publishing.relabel import relabel_all
from articles.publishing.roles import staff_id
from tests.builders import make_article, make_newsroom, make_user

ROLES = ("Reporter", "Editor", "Legal", "Managing editor", "Administrator")
NOW = timezone.now()  # when these tests began
AGO, PUBLIC_AT = NOW - timedelta(hours=3), NOW - timedelta(hours=3) + timedelta(minutes=1)
TOKENS = {name: name.ljust(40, "x") for name in ("open", "expired", "revoked")}


@dataclass
class Everything:
    """`articles`: by state; `rows`: of each model, by its name in addresses; `users`: by whose they are."""

    role: str
    user: User | None
    articles: dict[str, Article] = field(default_factory=dict)
    rows: dict[str, Any] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    photos: dict[str, Photo] = field(default_factory=dict)


def furnish(role: str) -> Everything:
    """Make the newsroom as somebody of a role meets it: one draft is theirs."""
    make_newsroom()
    now, chief = timezone.now(), make_user("Managing editor")
    here = Everything(role, make_user(role) if role in ROLES else None)
    states(here, chief)
    for article in here.articles.values():
        keep_version(article, by=chief, at=now)
    rows(here, chief)
    people(here, chief)
    return here


def picture() -> Photo:
    file = io.BytesIO()
    Image.new("RGB", (80, 60), "#357").save(file, "JPEG")
    file.seek(0)
    photo = add_photo(file, alt_en="A pier", credit="Anna Tern")
    rendition = rendition_file(photo.web, "whole-1.jpg")
    rendition.parent.mkdir(parents=True)
    rendition.write_bytes(web_file(photo.web).read_bytes())
    return photo


def states(here: Everything, chief: User) -> None:
    """One article in each state; those that are public were published a while ago."""
    now, others = timezone.now(), staff_id(make_user("Editor") if here.role != "Editor" else chief)
    ago = AGO
    here.photos = {"of a draft": picture(), "public": picture()}
    made = {
        "own draft": {"created_by": staff_id(here.user) if here.user else None},
        "another's draft": {"lead_photo": here.photos["of a draft"]},
        "in review": {"state": "in_review"},
        "approved": {"state": "approved"},
        "scheduled": {},
        "public": {"lead_photo": here.photos["public"]},
        "withdrawn": {},
        "erased": {},
        "in the bin": {},
    }
    for number, (state, fields) in enumerate(made.items()):
        texts = {"headline": f"Quiet harbour {number}", "summary": "", "body": "<p>The harbour was quiet.</p>"}
        here.articles[state] = make_article(f"article-{number}", **{"created_by": others} | texts | fields)
    schedule(here.articles["scheduled"], by=chief, at=now, live_at=now + timedelta(days=1))
    for state in ("public", "withdrawn", "erased"):
        publish(here.articles[state], by=chief, at=ago)
    for state in ("withdrawn", "erased"):
        withdraw(here.articles[state], by=chief, at=ago + timedelta(hours=1), note="A court order.")
    erase(here.articles["erased"], by=chief, at=ago + timedelta(hours=2), reason="A court order.")
    put_in_bin(here.articles["in the bin"], by=chief, at=now)
    for article in here.articles.values():
        article.refresh_from_db()


def rows(here: Everything, chief: User) -> None:
    """One row of each model that has a page."""
    now, staff, register = timezone.now(), staff_id(chief), Register.objects.earliest("pk")
    unclear = make_article("unclear", headline="The Harbour case", body="<p>The Harbour spoke.</p>", summary="")
    refresh(unclear, now)
    batch = relabel_all(by=None, at=now)
    shipped = ListLayout.objects.exclude(data={}).earliest("pk")
    layout = ListLayout.objects.create(name="own", data=shipped.data, made_by=staff, made_at=now)
    file = ListFile.objects.create(register=register, layout=layout, file_name="x.csv", sha256="0" * 64, made_at=now)
    days = dict.fromkeys(("since", "until", "decided", "published"))
    data = {"where": {}, "names": [], "resources": [], "kind": "organization", "line": "Sea", **days}
    told = {"kind": "organization", "name": "Sea", "line": "Sea", "digest": "0" * 64, "data": data}
    here.rows = {
        "event": Event.objects.create(kind="save", at=now, staff=staff),
        "event of an account": Event.objects.create(kind="account changed", at=now, staff=staff, about=staff),
        "photo": here.photos["of a draft"],
        "keptpost": KeptPost.objects.create(
            kind="telegram", number="7", link="https://t.me/tern_herald/7", kept_at=now
        ),
        "author": Author.objects.earliest("pk"),
        "unclearmention": UnclearMention.objects.filter(article=unclear).earliest("pk"),
        "correction": here.articles["public"].corrections.create(kind="update", text="x", made_at=now, made_by=staff),
        "publicationrecord": PublicationRecord.objects.earliest("pk"),
        "batch": batch,
        "registerimport": RegisterImport.objects.create(register=register, file_name="x.json", made_at=now),
        "organization": Organization.objects.earliest("pk"),
        "register": register,
        "registerversion": RegisterVersion.objects.latest("pk"),
        "listlayout": layout,
        "listfile": file,
        "row": ListRow.objects.create(file=file, position=1, asked=True, **told),
        "freeze": Freeze.objects.create(scope="everything", reason="Over.", begun_at=now, ended_at=now),
        "site": Site.objects.get(),
        "group": Group.objects.get(name="Reporter"),
        "category": Category.objects.earliest("pk"),
        "region": Region.objects.earliest("pk"),
        "topic": Topic.objects.earliest("pk"),
        "stylerule": StyleRule.objects.create(kind="avoid", language="en", words="very", suggestion="", reason=""),
        "jobrun": JobRun.objects.create(job="close_day", key="2026-03-09", started_at=now),
        "outbox": Outbox.objects.create(to="desk@outlet.invalid", subject="Alarm", body="…", made_at=now),
        "page": Page.objects.earliest("pk"),
        "trouble": Trouble.objects.create(kind="worker", began_at=now, seen_at=now, ended_at=now),
        "note": PassageNote.objects.create(
            article=here.articles["another's draft"],
            field="body",
            quotation="quiet",
            offset=0,
            text="x",
            made_by=staff,
            made_at=now,
        ),
    }
    links(here, now)


def links(here: Everything, now: Any) -> None:
    """Preview links of a draft: one that opens, one that is too old, one that was taken back; the first is theirs."""
    staff = staff_id(here.user) if here.user else staff_id(make_user("Editor"))
    for name, token in TOKENS.items():
        here.rows[f"link {name}"] = PreviewToken.objects.create(
            digest=digest_of(token),
            article=here.articles["another's draft"],
            made_by=staff,
            made_at=now - timedelta(days=1),
            expires_at=now + timedelta(days=-1 if name == "expired" else 1) + timedelta(minutes=1),
            **({"ended_at": now, "ending": "revoked"} if name == "revoked" else {}),
        )


def people(here: Everything, chief: User) -> None:
    """Accounts: one's own, a colleague's, a superuser's."""
    superuser = User.objects.create_superuser("root", "root@outlet.invalid", "correct horse battery")
    colleague = User.objects.create_user("vela", "vela@outlet.invalid", "correct horse battery", is_staff=True)
    here.users = {"another's": colleague, "a superuser's": superuser}
    here.rows["accountchange"] = AccountChange.objects.create(
        kind="address", user=colleague, address="other@outlet.invalid", reason="x", asked_by=superuser, asked_at=NOW
    )
    if here.user is not None:
        here.users["one's own"] = here.user
