"""Bring a saved version back, as the next version of the working copy; what readers see stays as it is."""

from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from ..models import Article, ArticleVersion, Author, Byline, Erasure, Region, Topic
from .errors import Refused
from .releasing import lock
from .roles import may_edit
from .saving import keep_version

# What a version holds as a list of ids.
LISTS: dict[str, type[Model]] = {"regions": Region, "topics": Topic, "authors": Author}


class Restored(NamedTuple):
    """`gone`: the fields of which something no longer exists; what is left of them, or stands now, was kept."""

    version: ArticleVersion
    gone: tuple[str, ...]


@transaction.atomic
def restore(article: Article, number: int, *, by: User, at: datetime, seen: int) -> Restored:
    """Make a saved version the working copy again. `seen`: the article's version that the user was shown.

    Raises PermissionDenied unless the user may edit the article; Refused for an erased one, for a version that is not
    there, and if somebody has saved the article since.
    """
    article = lock(article)
    if not (by.is_active and may_edit(by, article)):
        raise PermissionDenied(_("Your role does not allow this."))
    if Erasure.objects.filter(article=article).exists():
        raise Refused("", _("The text of this article was erased."))
    if article.version != seen:
        raise Refused("", _("Someone else saved this article meanwhile. Look once more at what would change."))
    version = article.versions.filter(number=number).first()
    if version is None:
        raise Refused("", _("There is no such version of this article."))
    gone = gone_since(version)
    fill(article, version.fields, gone)
    return Restored(keep_version(article, by=by, at=at, restored=number), tuple(gone))


def gone_since(version: ArticleVersion) -> dict[str, set[int]]:
    """Return what the version names that no longer exists: field → ids."""
    named: dict[str, tuple[Any, set[int]]] = {}
    for column in Article._meta.concrete_fields:
        value = version.fields.get(column.name)
        if column.is_relation and column.editable and value is not None:
            named[column.name] = (column.related_model, {value})
    for name, model in LISTS.items():
        named[name] = (model, set(version.fields.get(name, ())))
    missing = {
        name: ids - set(model._default_manager.filter(pk__in=ids).values_list("pk", flat=True))
        for name, (model, ids) in named.items()
        if ids
    }
    return {name: ids for name, ids in missing.items() if ids}


def fill(article: Article, fields: dict[str, Any], gone: dict[str, set[int]]) -> None:
    """Write the saved values into the working copy; what they do not tell, as it was saved before there was such a
    field, and what no longer exists stays as it is now."""
    for column in Article._meta.concrete_fields:
        if column.editable and not column.primary_key and column.name in fields and column.name not in gone:
            setattr(article, column.attname, column.to_python(fields[column.name]))
    article.save()
    for name in ("regions", "topics"):
        if name in fields:
            getattr(article, name).set([pk for pk in fields[name] if pk not in gone.get(name, ())])
    if "authors" in fields:
        left = [pk for pk in fields["authors"] if pk not in gone.get("authors", ())]
        if left != list(article.bylines.values_list("author_id", flat=True)):
            article.bylines.all().delete()
            Byline.objects.bulk_create(
                Byline(article=article, author_id=pk, position=position) for position, pk in enumerate(left)
            )
