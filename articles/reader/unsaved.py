"""The page of an article as publishing it now would make it, of what need not be stored anywhere: for the desk alone.

The page is built as readers' pages are, of a story that no row holds; it differs from what publishing then gives by a
banner, by what it says to robots, and by where its links open.
"""

from datetime import datetime
from typing import Any

from ..editions import Prepared, mark_data, to_marks
from ..models import Article, KeptPost, Region, Topic
from ..pagemap.addresses import Target, article_path
from .article import head_and_context, pictures_of
from .beneath import beneath
from .built import Built
from .frame import PrintedRubric
from .pages import run
from .standing import Story
from .visit import Visit, page

NEW = 2**62  # the id of an article that is not stored yet: it will be above all others
UNNAMED = "-"  # the part of an address that is not written yet
UNFILED = PrintedRubric("category", 0, UNNAMED, "—", "—")
TEMPLATE = "articles/unsaved.html"


def unsaved_page(article: Article, prepared: Prepared, at: datetime) -> Built:
    """Build the page of what is prepared for an article, as readers would get it at that moment."""
    content, language = prepared.content, prepared.content.language
    topics = rubrics("topic", Topic, content.topic_ids)
    story = story_of(article, prepared, topics[0].pk if topics else 0)
    # An article without a category is filed under a dash, which no menu shows.
    category = None if content.category_id else UNFILED

    def build(visit: Visit) -> Built:
        found = beneath([story], at)[0]
        below = found._replace(regions=rubrics("region", Region, content.region_ids), topics=topics)
        head, context = head_and_context(visit, story, below, pictures_of([story]), category)
        return page(visit, TEMPLATE, head._replace(indexed=False), context)

    path = article_path(language, prepared.published_date, content.slug or UNNAMED)
    return run(build, path, Target(""), at, language)


def story_of(article: Article, prepared: Prepared, topic: int) -> Story:
    """Return the story of an edition that is not stored."""
    content, moments = prepared.content, prepared.moments
    own = article.pk or NEW
    printed: dict[str, Any] = dict(content.printed)
    return Story(
        article=own,
        root=article.origin_article_id or own,
        edition=0,
        listed_at=moments.published_at,
        listed_on=prepared.published_date,
        language=content.language,
        slug=content.slug or UNNAMED,
        headline=printed["headline"],
        summary=printed["summary"],
        photo=printed["photo"],
        bylines=printed["bylines"],
        origin=printed["origin"],
        corrections=printed["corrections"],
        marks=to_marks([mark_data(one) for one in prepared.annotation.mentions]),
        ledger=prepared.form.ledger,
        published_at=moments.published_at,
        modified_at=moments.modified_at,
        category=content.category_id or 0,
        form=prepared.form.html,
        topic=topic,
        waits=False,
        gone=gone_of(printed["figures"]),
    )


def gone_of(figures: list[dict[str, Any]]) -> frozenset[int]:
    """Return which of the posts that an edition would hold are not at their sites any more."""
    ids = [one["post"] for one in figures if "post" in one]
    return frozenset(KeptPost.objects.filter(pk__in=ids, is_gone=True).values_list("pk", flat=True) if ids else ())


def rubrics(kind: str, model: type[Region] | type[Topic], ids: tuple[int, ...]) -> list[PrintedRubric]:
    """Return the rubrics that an article would be filed under, in the order of its page."""
    rows = model.objects.filter(pk__in=ids)
    ordered = sorted(rows, key=lambda one: (one.position, one.slug))
    return [PrintedRubric(kind, one.pk, one.slug, one.name_en, one.name_ru) for one in ordered]
