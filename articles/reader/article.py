"""An article's page: its reading form, and beneath it its day, its topic and the news before it."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.safestring import mark_safe

from ..editions import marks_of, reading_form, release_path
from ..footnotes.render import render_text
from ..models import Address, Article, Release
from ..pagemap import ALL_NEWS, RELATED
from ..pagemap.addresses import archive_path, article_path
from ..pagemap.pages import after, before
from .blocks import Blocks
from .built import Built, Gone, Missing, Moved
from .changes import next_change
from .structured import Bare, card, description, news_article, retracted
from .visit import Head, Visit, page, titled


def article(visit: Visit) -> Built:
    """Build the page of the article that stands at the address; raise Moved, Gone or Missing."""
    release = standing_at(visit)
    edition, language = release.edition, visit.language
    family = list(Article.objects.translations_of(release.article).order_by().values_list("pk", flat=True))
    translations = live_translations(release, family, visit.at)
    blocks = Blocks(language, edition)
    bare = Bare(edition, blocks.ledger.registers, visit.today)
    about = description(edition, blocks.ledger)
    earlier, later = of_the_day(release, visit.at)
    topics = list(edition.topics.all())
    topic = topics[0] if topics else None
    related = before_it(release, visit.at).filter(edition__topics=topic)[:RELATED] if topic else []
    context = {
        "form": mark_safe(reading_form(release)),
        "category": edition.category,
        "regions": edition.regions.all(),
        "topics": topics,
        "topic": topic,
        "day_path": archive_path(language, *release.published_date.timetuple()[:3]),
        "date": release.published_date,
        "day": blocks.headlines("d", [found for found in (earlier, later) if found]),
        "earlier": earlier,
        "later": later,
        "related": blocks.headlines("r", related),
        "news": blocks.headlines("n", before_it(release, visit.at)[:ALL_NEWS]),
        "translations": translations,
    }
    head = Head(
        title=titled(glyphed_headline(release, blocks), visit),
        description=about,
        alternates={language: visit.path, **translations},
        card=card(edition, bare, about),
        data=news_article(edition, bare, visit.site, visit.path, about),
    )
    return page(visit, "articles/article.html", head, context, next_change_at=change_of(release, family, visit.at))


def glyphed_headline(release: Release, blocks: Blocks) -> str:
    """Return the headline with bare glyphs: the page that `<title>` names has their notes."""
    own = [mark for mark in marks_of(release.edition) if mark.field == "headline"]
    title = render_text(release.edition.headline, own, blocks.ledger.block("t"))
    return retracted(release.edition, title)


def standing_at(visit: Visit) -> Release:
    """Return the live release whose page this is. An address that no release has reached yet is no address."""
    target = visit.target
    address = Address.objects.filter(language=visit.language, date=target.date, slug=target.slug).first()
    if address is None:
        raise Missing
    releases = Release.objects.filter(article_id=address.article_id, live_at__lte=visit.at)
    release = (
        releases.live(visit.at).select_related("article", "edition__category", "form").defer("edition__body").first()
    )
    if release is not None and release_path(release) == visit.path:
        return release
    begun = releases.exclude(ending="cancelled")
    was_here = begun.filter(language=visit.language, published_date=target.date, edition__slug=target.slug).exists()
    if not (was_here or not address.current):
        raise Missing
    if release is not None:
        raise Moved(release_path(release))
    last = begun.order_by("-ended_at").first()
    if last is not None and last.ending == "withdrawn" and last.ended_at is not None:
        raise Gone(last.ended_at)
    raise Missing


def live_translations(release: Release, family: list[int], at: datetime) -> dict[str, str]:
    """Return language → address of the translations that readers see; `family`: ids of the other versions."""
    found = (
        Release.objects.live(at)
        .filter(article__in=family)
        .exclude(language=release.language)
        .order_by("-published_at", "-article_id")
        .values_list("language", "published_date", "edition__slug")
    )
    return {language: article_path(language, day, slug) for language, day, slug in found}


def before_it(release: Release, at: datetime) -> QuerySet[Release]:
    """Return the releases of the language that stand before it in every list, nearest first."""
    live = Release.objects.live(at).filter(language=release.language).for_reading()
    return live.exclude(article_id=release.article_id).filter(before(release))


def of_the_day(release: Release, at: datetime) -> tuple[Release | None, Release | None]:
    """Return its neighbours of the same day: the one before and the one after."""
    live = Release.objects.live(at).filter(language=release.language).for_reading()
    same_day = live.exclude(article_id=release.article_id).filter(published_date=release.published_date)
    earlier = same_day.filter(before(release)).first()
    later = same_day.filter(after(release)).order_by("published_at", "article_id").first()
    return earlier, later


def change_of(release: Release, family: list[int], at: datetime) -> datetime | None:
    """Return when the page changes by itself: by the article, its translations, or what may stand before it."""
    older = Q(language=release.language, published_date__lte=release.published_date)
    return next_change(at, Q(article_id__in=[release.article_id, *family]) | older)
