"""Which articles and editions name a photo or a post: rows for questions from their side, which no text can be asked.

`PhotoUse` and `PostUse` say in which articles to look: the working copy, or an edition, has named it at some time. They
are written with each saved version and each edition, by whichever act, and stay while the article does. What stands
where now is read of those articles themselves. `EditionFigure` says which edition prints which file of a photo in its
text: what readers get follows from it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ..models import Article, Edition, EditionFigure, KeptPost, Photo, PhotoUse, PostUse
from .figures import ids_in, post_ids_in


class NamedThings(NamedTuple):
    """The ids of the photos, the lead photo first, and of the posts that a text names, each once."""

    photos: tuple[int, ...]
    posts: tuple[int, ...]


def named_in_copy(article: Article) -> NamedThings:
    """Return what the working copy names, whether it is there or not."""
    lead = [article.lead_photo_id] if article.lead_photo_id else []
    return NamedThings(once([*lead, *ids_in(article.body)]), once(post_ids_in(article.body)))


def named_in_print(edition: Edition) -> NamedThings:
    """Return what an edition prints; the still picture of a post is the post's."""
    lead = [edition.photo["id"]] if edition.photo.get("id") else []
    photos = [one["id"] for one in edition.figures if "post" not in one]
    return NamedThings(once([*lead, *photos]), once([one["post"] for one in edition.figures if "post" in one]))


def once(ids: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(ids))


def note_saved(article: Article) -> None:
    """Note what the saved working copy names."""
    note({article.pk: named_in_copy(article)})


def note_issued(editions: Sequence[Edition]) -> None:
    """Note what stored editions print, and which files of photos in their texts."""
    EditionFigure.objects.bulk_create(figure_rows(editions))
    named: dict[int, NamedThings] = {}
    for edition in editions:
        before, now = named.get(edition.article_id, NamedThings((), ())), named_in_print(edition)
        named[edition.article_id] = NamedThings(before.photos + now.photos, before.posts + now.posts)
    note(named)


def note(named: Mapping[int, NamedThings]) -> None:
    """Note what articles, by their ids, name; what is noted already stays, and what is not there has no row."""
    photos = {(pk, article) for article, things in named.items() for pk in things.photos}
    posts = {(pk, article) for article, things in named.items() for pk in things.posts}
    if photos := photos - noted(PhotoUse, "photo_id", photos):
        there = set(Photo.objects.filter(pk__in={pk for pk, _article in photos}).values_list("pk", flat=True))
        uses = [PhotoUse(photo_id=pk, article_id=article) for pk, article in sorted(photos) if pk in there]
        PhotoUse.objects.bulk_create(uses, ignore_conflicts=True)
    if posts := posts - noted(PostUse, "post_id", posts):
        there = set(KeptPost.objects.filter(pk__in={pk for pk, _article in posts}).values_list("pk", flat=True))
        held = [PostUse(post_id=pk, article_id=article) for pk, article in sorted(posts) if pk in there]
        PostUse.objects.bulk_create(held, ignore_conflicts=True)


def noted(model: Any, column: str, pairs: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the pairs that the rows of the articles hold; nothing is asked for none."""
    if not pairs:
        return set()
    rows = model.objects.filter(article__in={article for _pk, article in pairs})
    return set(rows.values_list(column, "article_id"))


def figure_rows(editions: Sequence[Edition]) -> list[EditionFigure]:
    """Return the rows of the photos in the texts of stored editions, not stored yet; of one that is gone, none."""
    shown = {
        edition.pk: {one["id"]: one["web"] for one in edition.figures if one.get("web")}
        for edition in editions
        if edition.figures
    }
    if not shown:
        return []
    there = set(Photo.objects.filter(pk__in=set().union(*shown.values())).values_list("pk", flat=True))
    return [
        EditionFigure(edition_id=own, photo_id=pk, web=web)
        for own, photos in shown.items()
        for pk, web in photos.items()
        if pk in there
    ]
