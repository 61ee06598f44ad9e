"""The pictures of an article that is erased: those that no other article uses go, row, files and stored copies."""

from django.db.models import Q

from ... import pagemap
from ...editions.figures import figure_with, ids_in
from ...models import Article, ArticleVersion, Edition, EditionFigure, Page, Photo, PhotoUse, Rendition, Slot
from ...photos import camera
from ...photos.files import media_folder, original_path, rendition_folder, web_file, web_names
from ..posts import remove_posts
from .traces import blank_admin_log


def remove_pictures(article: Article) -> list[str]:
    """Remove the rows of the article's own pictures; return the files to remove once the erasure is committed.

    A file, or the folder of what was made of a picture, is named by its place in the media folder, one that is kept as
    it came by its own name, the stored copy by its address: what lies beside it goes with it.
    """
    Article.objects.filter(pk=article.pk).update(lead_photo=None)
    shown = pictures_of(article) | remove_posts(article)
    PhotoUse.objects.filter(article=article).delete()
    EditionFigure.objects.filter(edition__article=article).delete()
    own = [photo for photo in Photo.objects.filter(pk__in=shown) if not is_used(photo, article)]
    folder = media_folder()
    webs = [web for one in own for web in web_names(one)]
    made = Rendition.objects.filter(web__in=webs)
    places = [*map(original_path, own), *map(web_file, webs)]
    places += [rendition_folder(web) for web in made.values_list("web", flat=True)]
    files = [place.relative_to(folder).as_posix() for place in places] + camera.places_of(own)
    addresses = [pagemap.media_path(web) for web in webs]
    Page.objects.filter(path__in=addresses).delete()
    made.delete()
    blank_admin_log(Photo, [photo.pk for photo in own])
    Photo.objects.filter(pk__in=[photo.pk for photo in own]).delete()
    return files + addresses


def pictures_of(article: Article) -> set[int]:
    """Return the ids of the photos that the article shows, has shown, or held in a saved version."""
    found = {article.lead_photo_id, *article.editions.values_list("photo__id", flat=True), *ids_in(article.body)}
    found.update(EditionFigure.objects.filter(edition__article=article).values_list("photo_id", flat=True))
    for saved in (ArticleVersion, Slot):
        for photo, body in saved.objects.filter(article=article).values_list("fields__lead_photo", "fields__body"):
            found.update((photo, *ids_in(str(body or ""))))
    found.update(article.photo_uses.values_list("photo", flat=True))
    return {int(pk) for pk in found if str(pk).isdigit()}


def is_used(photo: Photo, article: Article) -> bool:
    """Say whether another article shows the photo, has shown it, or holds it in a saved version."""
    in_text = Q(fields__body__regex=figure_with(photo.pk))
    saved = Q(fields__lead_photo=photo.pk) | Q(fields__lead_photo=str(photo.pk)) | in_text
    return (
        Article.objects.filter(lead_photo=photo).exclude(pk=article.pk).exists()
        or EditionFigure.objects.filter(photo=photo).exclude(edition__article=article).exists()
        or photo.kept_posts.exists()
        or Edition.objects.filter(photo__id=photo.pk).exclude(article=article).exists()
        or ArticleVersion.objects.filter(saved).exclude(article=article).exists()
        or Slot.objects.filter(saved).exclude(article=article).exists()
        or photo.uses.exclude(article=article).exists()
    )
