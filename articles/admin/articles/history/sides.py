"""One side of a comparison: the working copy, a saved version or an edition, with its texts and values side by side."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from articles import editions, publishing
from articles.editions.content import Content, cleaned, content_of_version
from articles.models import LANGUAGES, Article, ArticleVersion, Category, Edition, Region, Register, Topic
from articles.models.printed import PRINTED, texts_of
from articles.registers import NoRegisters

from ...base import name_of

# `v12`: saved version 12; `b12`: the one before it, `e3`: edition 3; besides `now`, the working copy, and `live`, what
# readers see or are to see.
KEY = re.compile(r"(?P<kind>[vbe])(?P<number>[1-9][0-9]{0,8})\Z")
ORIGIN = {
    "origin_url": "url",
    "origin_published_at": "published_at",
    "origin_zone": "zone",
    "translation_method": "method",
}
MARKED = "marked"


@dataclass(frozen=True)
class Text:
    """`order`: where the page prints it."""

    label: str
    text: str
    is_html: bool
    order: tuple[int, str]


@dataclass(frozen=True)
class TextSide:
    """`texts`: what is printed, by the engine's names. `values`: what is no text, as people read it, by the
    article's columns; `own`: of those only a working copy has, such as the embargo. `version`: the number of a saved
    version."""

    key: str
    label: str
    texts: Mapping[str, Text] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    who: str = ""
    at: datetime | None = None
    version: int = 0
    is_edition: bool = False


def sides_of(article: Article, old: str, new: str, now: datetime) -> tuple[TextSide | None, TextSide | None]:
    """Return both sides. Beside an edition a working copy is read as it would be printed, without what publishing takes
    out of it: marks that were typed in, what the cleaning leaves out."""
    beside_edition = any(key == "live" or key.startswith("e") for key in (old, new))
    one = side_of(article, old, now, as_printed=beside_edition)
    return one, side_of(article, new, now, as_printed=beside_edition)


def side_of(article: Article, key: str, now: datetime, *, as_printed: bool = False) -> TextSide | None:
    """Return the side of that key; None if there is no such text of the article."""
    if key == "now":
        return working_copy(article, as_printed=as_printed)
    if key == "live":
        release = publishing.live_release(article, now) or publishing.open_release(article)
        return edition_side(release.edition) if release is not None else None
    match = KEY.match(key)
    if match is None:
        return None
    number = int(match["number"])
    if match["kind"] == "e":
        edition = article.editions.filter(number=number).select_related("issued_by__user").first()
        return edition_side(edition) if edition is not None else None
    if match["kind"] == "v":
        version = article.versions.filter(number=number).select_related("saved_by__user").first()
        return version_side(version, as_printed=as_printed) if version is not None else None
    before = article.versions.filter(number__lt=number).select_related("saved_by__user").first()
    return version_side(before, as_printed=as_printed) if before is not None else TextSide(key, _("nothing"))


def working_copy(article: Article, *, as_printed: bool) -> TextSide:
    label = _("working copy (version %(number)s)") % {"number": article.version}
    content = editions.content_of_article(article)
    return TextSide("now", label, at=article.updated_at, **read(article, printed(content) if as_printed else content))


def version_side(version: ArticleVersion, *, as_printed: bool) -> TextSide:
    article, content = content_of_version(version)
    return TextSide(
        f"v{version.number}",
        _("version %(number)s") % {"number": version.number},
        who=name_of(version.saved_by),
        at=version.saved_at,
        version=version.number,
        **read(article, printed(content) if as_printed else content),
    )


def edition_side(edition: Edition) -> TextSide:
    content = editions.filed_as(editions.content_of_edition(edition), edition)
    values = printed_values(content) | {"dated_at": moment(edition.published_at)}
    return TextSide(
        f"e{edition.number}",
        _("edition %(number)s") % {"number": edition.number},
        texts=texts(content) | {MARKED: marked_names(edition)},
        values=values,
        who=name_of(edition.issued_by),
        at=edition.issued_at,
        is_edition=True,
    )


def printed(content: Content) -> Content:
    """Return the content as an edition of it would hold it; typed-in marks stay where nobody knows the names."""
    content = cleaned(content)
    try:
        return editions.strip_content(content, editions.House.current())
    except NoRegisters:
        return content


def read(article: Article, content: Content) -> dict[str, Any]:
    """Return texts and values of a working copy."""
    own = {
        "embargo_until": moment(article.embargo_until),
        "origin_article": headline_of(article.origin_article_id),
        "origin_url": article.origin_url,
        "origin_published_at": moment(article.origin_published_at),
        "origin_zone": article.origin_zone,
        "translation_method": article.get_translation_method_display(),
        "photo_caption": article.photo_caption,
        "photo_alt": article.photo_alt,
        "dated_at": moment(article.dated_at),
    }
    values = printed_values(content)
    if article.dated_at is not None:  # else the page prints what it has printed
        values["dated_at"] = own["dated_at"]
    return {"texts": texts(content), "values": values, "own": own}


def texts(content: Content) -> dict[str, Text]:
    """Return the printed texts that are not empty."""
    found = {}
    for order, row in enumerate(PRINTED):
        entries = list(texts_of(content.printed, row))
        for name, text in entries:
            number = name.removeprefix(row.name).strip("_")
            label = f"{row.label} {int(number) + 1}" if len(entries) > 1 else str(row.label)
            found[name] = Text(label, text, row.format == "html", (order, number.zfill(3)))
    return found


def marked_names(edition: Edition) -> Text:
    """Return the names that the edition marks, a line for each with its status: what a relabel changes."""
    statuses = {register.key: str(register.get_status_display()) for register in Register.objects.all()}
    lines = [
        f"{surface} ({', '.join(statuses.get(key, key) for key in registers.split('+'))})"
        for surface, registers in edition.mentions.order_by("pk").values_list("surface", "registers")
    ]
    return Text(_("marked names"), "\n".join(lines), False, (len(PRINTED), ""))


def printed_values(content: Content) -> dict[str, str]:
    """Return what a page says and is filed under beside its texts."""
    origin, photo = content.printed["origin"], content.printed["photo"]
    values = {name: str(origin.get(key, "")) for name, key in ORIGIN.items()}
    values["origin_published_at"] = moment(parse_datetime(values["origin_published_at"]))
    values["translation_method"] = str(dict(Article.METHODS).get(values["translation_method"], ""))
    return {
        "language": str(dict(LANGUAGES).get(content.language, content.language)),
        "slug": content.slug,
        "category": names(Category, [content.category_id]),
        "regions": names(Region, content.region_ids),
        "topics": names(Topic, content.topic_ids),
        "lead_photo": _("photo %(number)s") % {"number": photo["id"]} if photo else "",
        **values,
    }


def names(model: type[Model], ids: Iterable[int]) -> str:
    """Return the names of rubrics, and of those that are gone their numbers."""
    wanted = list(dict.fromkeys(ids))
    known = {row.pk: str(row) for row in model._default_manager.filter(pk__in=wanted)} if wanted else {}
    return ", ".join(sorted(known.get(pk, _("deleted (%(number)s)") % {"number": pk}) for pk in wanted))


def headline_of(article_id: int | None) -> str:
    if article_id is None:
        return ""
    found = Article.objects.filter(pk=article_id).values_list("headline", flat=True).first()
    return found if found is not None else _("deleted (%(number)s)") % {"number": article_id}


def moment(at: datetime | None) -> str:
    return date_format(localtime(at), "j E Y, H:i") if at is not None else ""
