"""The files that an erasure removes when it is committed: named in its row until they are gone."""

from django.db import transaction

from ... import pagemap, pagestore
from ...models import Article, Erasure, Page
from ...photos import media_folder


def remove_pages(article: Article) -> list[str]:
    """Remove the rows of the article's own pages; return their addresses."""
    places = article.addresses.values_list("language", "date", "slug")
    addresses = [pagemap.article_path(*place) for place in places]
    Page.objects.filter(path__in=addresses).delete()
    return addresses


def finish_erasures() -> int:
    """Remove the files that erasures have left; what a killed process did not reach, the next call does.

    Returns how many files and stored pages were named.
    """
    removed = 0
    for pk in list(Erasure.objects.exclude(files=[]).order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            erasure = Erasure.objects.select_for_update().get(pk=pk)
            for name in erasure.files:
                remove_file(name)
            removed += len(erasure.files)
            Erasure.objects.filter(pk=pk).update(files=[])
    return removed


def remove_file(name: str) -> None:
    """Remove a stored page by its address, or a file by its place in the media folder, if it is there."""
    if name.startswith("/"):
        pagestore.drop(name)
    else:
        (media_folder() / name).unlink(missing_ok=True)
