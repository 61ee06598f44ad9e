"""The pictures of an article that is erased: those that no other article uses go, row, files and stored copies."""

from django.db.models import Q

from ... import pagemap
from ...models import Article, ArticleVersion, Edition, Page, Photo, Rendition, Slot
from ...photos.files import media_folder, original_path, rendition_folder, web_path
from .traces import blank_admin_log


def remove_pictures(article: Article) -> list[str]:
    """Remove the rows of the article's own pictures; return the files to remove once the erasure is committed.

    A file, or the folder of what was made of a picture, is named by its place in the media folder, the stored copy by
    its address: what lies beside it goes with it.
    """
    Article.objects.filter(pk=article.pk).update(lead_photo=None)
    own = [photo for photo in Photo.objects.filter(pk__in=pictures_of(article)) if not is_used(photo, article)]
    folder = media_folder()
    made = Rendition.objects.filter(web__in=[photo.web for photo in own])
    places = [place for one in own for place in (original_path(one), web_path(one))]
    places += [rendition_folder(web) for web in made.values_list("web", flat=True)]
    files = [place.relative_to(folder).as_posix() for place in places]
    addresses = [pagemap.media_path(photo.web) for photo in own]
    Page.objects.filter(path__in=addresses).delete()
    made.delete()
    blank_admin_log(Photo, [photo.pk for photo in own])
    Photo.objects.filter(pk__in=[photo.pk for photo in own]).delete()
    return files + addresses


def pictures_of(article: Article) -> set[int]:
    """Return the ids of the photos that the article shows, has shown, or held in a saved version."""
    found = {article.lead_photo_id, *article.editions.values_list("photo__id", flat=True)}
    for saved in (ArticleVersion, Slot):
        found.update(saved.objects.filter(article=article).values_list("fields__lead_photo", flat=True))
    return {int(pk) for pk in found if str(pk).isdigit()}


def is_used(photo: Photo, article: Article) -> bool:
    """Say whether another article shows the photo, has shown it, or holds it in a saved version."""
    saved = Q(fields__lead_photo=photo.pk) | Q(fields__lead_photo=str(photo.pk))
    return (
        Article.objects.filter(lead_photo=photo).exclude(pk=article.pk).exists()
        or Edition.objects.filter(photo__id=photo.pk).exclude(article=article).exists()
        or ArticleVersion.objects.filter(saved).exclude(article=article).exists()
        or Slot.objects.filter(saved).exclude(article=article).exists()
    )
