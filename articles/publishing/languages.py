"""In which languages the outlet publishes: nothing goes out in another one, and none is given up while articles in it
are public or scheduled. Both wait for one another, as a change of the registers and the editions under them do."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from ..models import Article, Release, Site
from ..models.languages import KNOWN
from .errors import Refused
from .force import change_version


def check_language(site: Site, language: str) -> None:
    """Refuse to publish in a language that the outlet does not publish in; asked while the version is held."""
    if language not in site.used:
        raise Refused(
            "",
            _("The outlet does not publish in this language (%(language)s).") % {"language": KNOWN[language].label},
        )


def shown_in(language: str, at: datetime) -> int:
    """Return how many articles in a language readers see or will see."""
    return Release.objects.not_ended(at).filter(language=language).values("article").distinct().count()


def kept_in(language: str) -> int:
    """Return how many articles in a language there are, whatever their state, but for those in the bin."""
    return Article.objects.kept().filter(language=language).count()


def may_give_up(languages: Iterable[str], at: datetime) -> bool:
    """Wait for those who publish, then say whether nothing in these languages is public or scheduled.

    Whoever begins to publish later waits for the end of the caller's transaction.
    """
    change_version()
    return not any(shown_in(language, at) for language in languages)
