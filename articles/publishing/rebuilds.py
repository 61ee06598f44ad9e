"""Which stored pages an act will make anew: what an editor is told before confirming it."""

from datetime import datetime

from .. import pagemap
from ..editions import past_of, published_then
from ..editions.content import photo_of
from ..editions.figures import figures_of
from ..models import KINDS, Article, Site
from ..models.edition import files_shown
from ..pagemap import Entry, entry_of


def rebuilt_pages(article: Article, at: datetime, *, live_at: datetime | None) -> frozenset[str]:
    """Return the addresses of the pages that show what readers see of the article or will see.

    `live_at`: when the working copy would go live, for an act that releases it; None for one that takes something back.
    """
    shown = article.releases.not_ended(at).select_related("edition", "article", "category")
    entries = [entry_of(release) for release in shown]
    if live_at is not None:
        entries.append(entry_of_copy(article, at, live_at))
    return pagemap.pages_of_entries(entries, at)


def entry_of_copy(article: Article, at: datetime, live_at: datetime) -> Entry:
    """Return the entry that the working copy would have if it went live at `live_at`."""
    published_at = published_then(article, past_of(article), live_at, at)
    return Entry(
        article=article.pk,
        root=article.origin_article_id or article.pk,
        language=article.language,
        published_at=published_at,
        day=published_at.astimezone(Site.current().zone).date(),
        slug=article.slug,
        rubrics=tuple((kind.name, rubric.slug) for kind in KINDS.values() for rubric in kind.of(article)),
        topics=tuple(topic.pk for topic in article.topics.all()),
        authors=tuple(byline.author_id for byline in article.bylines.all()),
        corrected=article.corrections.exists(),
        photos=files_shown(photo_of(article), figures_of(article)),
    )
