"""What lies in the bin is not acted on: each use case of an article says so, until it is taken out again."""

from django.utils.translation import gettext as _

from ..models import Article
from .errors import Refused


def refuse_binned(article: Article) -> None:
    """Refuse an article in the bin; `article` as it stands, read under the lock of the act."""
    if article.binned_at is not None:
        raise Refused("", _("The article is in the bin: take it out first."))
