"""The house's own rules of style: words to avoid, spellings, what is said in full at first. They only advise."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import CharField, TextField
from .languages import LANGUAGES


def nothing() -> list[Any]:
    return []


class StyleRule(models.Model):
    """`compiled`: of each line of `words`, for each word in it the forms by which it is found; `compiled_full`: the
    same of what the first mention says in full. Both are made when the rule is saved."""

    KINDS = (
        ("avoid", _("a word to avoid")),
        ("spelling", _("a spelling")),
        ("first_mention", _("said in full at first mention")),
    )

    kind = CharField(_("kind"), max_length=16, choices=KINDS)
    language = CharField(_("language"), max_length=2, choices=LANGUAGES)
    words = TextField(
        _("words"),
        max_length=500,
        help_text=_(
            "One word or phrase a line. Russian words are found in all their forms; what stands in quotation marks is "
            "found only as it is written."
        ),
    )
    suggestion = CharField(
        _("suggestion"),
        max_length=200,
        blank=True,
        help_text=_("What to write instead; for a first mention the name in full, with the short one in brackets."),
    )
    reason = CharField(_("reason"), max_length=300, help_text=_("Why, in a sentence: it is shown at the word."))
    is_on = models.BooleanField(
        _("holds"), default=False, help_text=_("Try the rule on the archive first, below; then let it hold.")
    )
    compiled = models.JSONField(default=nothing, editable=False)
    compiled_full = models.JSONField(default=nothing, editable=False)

    class Meta:
        verbose_name = _("rule of style")
        verbose_name_plural = _("rules of style")
        ordering = ["language", "words", "pk"]

    def __str__(self) -> str:
        return ", ".join(self.words.split("\n"))[:80]
