"""Find the article that a command's argument names: by its number, or by a public address that it has or had."""

from urllib.parse import urlsplit

from django.core.management.base import CommandError

from ..models import Address, Article
from ..pagemap.addresses import read_address


def named_article(name: str) -> Article:
    """Return the article with that number, path or full address; raise CommandError for one that is not there."""
    article = article_at(urlsplit(name).path)
    if name.isdecimal():
        article = Article.objects.filter(pk=int(name[:18])).first()
    if article is None:
        raise CommandError(f"There is no article {name!r}: give its number, or an address that it has or had.")
    return article


def article_at(path: str) -> Article | None:
    target = read_address(path if path.endswith("/") else f"{path}/")
    if target is None or target.kind != "article":
        return None
    address = Address.objects.filter(language=target.language, date=target.date, slug=target.slug).first()
    return address.article if address else None
