"""The one way to give an article a new release: end the open one, issue the edition, keep address, record and pages."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.contrib.auth.models import User
from django.db.models import F
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .. import pagemap, search
from ..editions import Content, House, Moments, Past, Prepared, issue, published_then
from ..models import Address, Article, Correction, Erasure, RegisterVersion, Release, StaffId
from . import record
from .announce import count_instead, load_rubrics
from .counts import exchange
from .errors import Refused
from .events import log
from .languages import check_language
from .pages import drop_pages, drop_photos, touch_releases
from .roles import staff_id


@dataclass(frozen=True)
class ReleaseAct:
    """Who does what when: `at` the act, `live_at` the moment readers see it, `reason` as in `Edition.REASONS`.

    `unwritten`: what it has done to releases and not yet written into the record: act, release, moment.
    """

    by: User | None
    at: datetime
    live_at: datetime
    reason: str
    unwritten: list[tuple[str, Release, datetime]] = field(default_factory=list)

    @cached_property
    def staff(self) -> StaffId | None:
        return staff_id(self.by) if self.by is not None else None


@dataclass(frozen=True)
class Ready:
    """What is to be released: what the edition will hold, prepared by a register version that the caller holds; the ids
    of its authors; whether the article stands at its address already, as `check_release` says."""

    prepared: Prepared
    author_ids: Sequence[int | None]
    stays: bool


def open_release(article: Article) -> Release | None:
    """Return the release whose end is not known: the live one, or the one scheduled last."""
    return article.releases.filter(ended_at=None).select_related("edition").first()


def live_release(article: Article, at: datetime) -> Release | None:
    """Return what readers see of the article at `at`."""
    return article.releases.live(at).select_related("edition").first()


def lock(article: Article) -> Article:
    """Lock the article's row, so that acts on one article wait for each other; return it fresh.

    Not its key: PostgreSQL checks at a commit that the article of a page just stored is there, and would wait for the
    act while the act waits for that page.
    """
    rows = Article.objects.select_related("lead_photo", "origin_article")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=article.pk)


def moments_of(article: Article, act: ReleaseAct, past: Past, *, keep_date: bool = False) -> Moments:
    """Return what the page will say of its dates.

    `published_at`: as the editor set it; else as the first release said; else the moment it goes live. With `keep_date`
    what readers see stays. `modified_at`: moved by an update, a correction and a retraction only.
    """
    last = past.last_public(act.at)
    shown = last.published_at if last and keep_date else None
    published_at = shown or published_then(article, past, act.live_at, act.at)
    modified_at = last.modified_at if last else None
    if act.reason in ("update", "correction", "retraction"):
        modified_at = act.live_at
    return Moments(published_at=published_at, modified_at=modified_at, reason=act.reason)


def check_release(
    article: Article, content: Content, moments: Moments, act: ReleaseAct, past: Past, house: House
) -> bool:
    """Refuse, before the engine is asked, what was erased, a moment that may not be, an address that is taken.

    Return whether the article stands at that address now.
    """
    check_not_erased(article, past)
    check_language(house.site, content.language)
    check_moments(article, act, moments, house)
    return check_address(article, content, house.day(moments.published_at))


def release_ready(article: Article, ready: Ready, act: ReleaseAct, past: Past) -> Release:
    """Issue what is ready as the article's next edition and release it; in the caller's transaction.

    `past`: the releases before the act.
    """
    ended, is_live, prepared = make_room(article, act, past), act.live_at <= act.at, ready.prepared
    edition, form = issue(article, past.number + 1, prepared, at=act.at, staff=act.staff, author_ids=ready.author_ids)
    release = Release.objects.create(
        article=article,
        edition=edition,
        form=form,
        language=edition.language,
        category_id=edition.category_id,
        published_at=edition.published_at,
        published_date=edition.published_date,
        issued_at=act.at,
        live_at=act.live_at,
        embargo_until=article.embargo_until,
        indexed_as=search.key_of(edition),
        announced_at=act.at if is_live else None,
        counted=is_live,
    )
    if not ready.stays:
        keep_address(release)
    act.unwritten.append(("begin", release, act.live_at))
    write_down(act, prepared.version)
    search.index(edition)
    touched = {release.pk: release} | {one.pk: one for one in ended}
    if is_live:
        touched |= {one.pk: one for one in count_instead([release], [release], ended)}
    load_rubrics(touched.values())
    touch_releases(list(touched.values()), act.at)
    drop_ahead(ended, act.at)
    log(
        act.reason,
        by=act.staff,
        at=act.at,
        article=article,
        edition=edition.number,
        live_at=act.live_at.isoformat(),
    )
    return release


def write_down(act: ReleaseAct, *known: RegisterVersion) -> None:
    """Write into the record, in its order, what the act has done to releases since it last did so.

    Before anything is counted: two acts that took the chain and the counts in turns could wait for one another.
    `known`: versions that have been read already.
    """
    wanted = {release.edition.register_version_id for _act, release, _moment in act.unwritten}
    digests = {version.pk: version.digest for version in known}
    if missing := wanted - digests.keys():
        rows = RegisterVersion.objects.filter(pk__in=missing)  # without the compiled bytes
        digests |= dict(rows.values_list("pk", "digest"))
    lines = [
        record.RecordLine(what, release, moment, digests[release.edition.register_version_id])
        for what, release, moment in act.unwritten
    ]
    record.append_many(lines, written_at=act.at, staff_code=code_of(act))
    act.unwritten.clear()


def code_of(act: ReleaseAct) -> str:
    return act.staff.code if act.staff else ""


def check_not_erased(article: Article, past: Past) -> None:
    """Refuse to publish again under the number and address of an article that was erased; it was withdrawn before."""
    if past.was_withdrawn() and Erasure.objects.filter(article=article).exists():
        raise Refused("", _("This article was erased and cannot be published again: write a new one."))


def check_moments(article: Article, act: ReleaseAct, moments: Moments, house: House) -> None:
    """Refuse a release before its act, before the embargo, or dated after it goes live."""
    if act.live_at < act.at:
        raise Refused("live_at", _("This moment lies in the past."))
    if article.embargo_until and act.live_at < article.embargo_until:
        local = article.embargo_until.astimezone(house.site.zone)
        raise Refused(
            "live_at", _("The embargo holds until %(moment)s.") % {"moment": date_format(local, "j E Y, H:i")}
        )
    if moments.published_at > act.live_at:
        raise Refused("dated_at", _("The publication date lies after the moment it goes live."))


def check_address(article: Article, content: Content, day: date) -> bool:
    """Refuse a slug that another article of the language and day has, or had; return whether it is the article's."""
    address = Address.objects.filter(language=content.language, date=day, slug=content.slug).first()
    if address is not None and address.article_id != article.pk:
        raise Refused("slug", _("Another article of this day has this address: choose another one."))
    return address is not None and address.current


def make_room(article: Article, act: ReleaseAct, past: Past) -> list[Release]:
    """End the open release where the new one begins; cancel what has not begun. Return all that were ended.

    Of those that have not begun there is one, and after a clock that was ahead any number, one behind the other.
    Whatever a clock that was ahead has left of others in the way of the new one is cut off, too. `past`: what the
    article had of releases before the act.
    """
    ended = []
    last = open_release(article) if past.is_open() else None
    while last is not None and last.live_at > act.at:
        cancel_release(last, act)
        ended.append(last)
        last = open_release(article)
    if last is not None:
        end(last, act.live_at, "superseded", act)
        ended.append(last)
    return [*ended, *(cut_off(article, act, "superseded") if past.lasts(act.live_at) else ())]


def cut_off(article: Article, act: ReleaseAct, ending: str) -> list[Release]:
    """End what is to last beyond the moment of the act though its end is known; return it, the last first.

    Acts under a right clock leave nothing of it. A clock that was ahead has ended releases at moments to come.
    """
    lasting = article.releases.filter(ended_at__gt=F("live_at")).select_related("edition")
    cut = list(lasting.filter(ended_at__gt=act.live_at).order_by("-live_at", "-id"))
    for release in cut:
        begun = release.live_at < act.live_at
        end(release, max(release.live_at, act.live_at), ending if begun else release.ending or "cancelled", act)
    return cut


def was_ahead(release: Release, at: datetime) -> bool:
    """Say whether the release was announced, and so stored and counted, by a clock that was ahead of `at`."""
    return release.announced_at is not None and release.live_at > at


def drop_ahead(releases: Sequence[Release], at: datetime) -> None:
    """Drop, when the act commits, all stored pages and photos of those that a clock that was ahead has announced: to
    readers of the right one they show what was never published."""
    early = [one for one in releases if was_ahead(one, at)]
    drop_pages(pagemap.pages_of_all(early, at))
    drop_photos(early, at)


def cancel_release(release: Release, act: ReleaseAct, ending: str = "cancelled") -> None:
    """Empty the period of a release that has not begun, with its correction, and open the one before it again.

    One that was announced, by a clock that was ahead, is counted no more; the one before it is.
    """
    end(release, release.live_at, ending, act)
    Correction.objects.filter(edition=release.edition_id).delete()
    before = (
        release.article.releases.filter(ended_at=release.live_at, ending="superseded").exclude(pk=release.pk).first()
    )
    if before is not None:
        before.ended_at, before.ending = None, ""
        before.save(update_fields=["ended_at", "ending"])
        act.unwritten.append(("reopen", before, act.at))
    write_down(act)
    if release.counted:
        exchange(release, before if before is not None and before.live_at <= act.at else None)


def call_off(release: Release, act: ReleaseAct) -> None:
    """Take back a release that has not begun, with its address; what readers see goes on."""
    cancel_release(release, act)
    drop_reserved_address(release)
    live = live_release(release.article, act.at)
    touch_releases([release, *([live] if live is not None else [])], act.at)
    drop_ahead([release], act.at)


def end(release: Release, ended_at: datetime, ending: str, act: ReleaseAct) -> None:
    """End a release; the caller writes it down."""
    release.ended_at, release.ending = ended_at, ending
    release.save(update_fields=["ended_at", "ending"])
    act.unwritten.append(("end", release, ended_at))


def keep_address(release: Release) -> None:
    """Reserve the release's address; the article's other addresses are old from now on."""
    article = release.article
    address: dict[str, Any] = {
        "language": release.language,
        "date": release.published_date,
        "slug": release.edition.slug,
    }
    article.addresses.filter(current=True).exclude(**address).update(current=False)
    Address.objects.bulk_create(
        [Address(article=article, current=True, **address)],
        update_conflicts=True,
        update_fields=["article", "current"],
        unique_fields=[*address],
    )


def drop_reserved_address(release: Release) -> None:
    """Free the address of a cancelled release, unless another release of the article has stood there."""
    others = release.article.releases.exclude(ending="cancelled").select_related("edition")
    kept = {(other.language, other.published_date, other.edition.slug) for other in others}
    reserved = (release.language, release.published_date, release.edition.slug)
    if reserved not in kept:
        release.article.addresses.filter(date=reserved[1], slug=reserved[2]).delete()
    last = others.order_by("-live_at", "-id").first()
    if last is not None:
        keep_address(last)
