"""What is stored of an article beside its editions: the working copy, its versions, answers, corrections, logs, mails.

Each goes, or keeps only what says nothing of the text: that something was done, when, under which pseudonym.
"""

from collections.abc import Iterable

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import CASCADE, F, Model, Q
from django.utils import translation
from django.utils.translation import gettext as _

from ...models import Article, Batch, Correction, Event, Outbox
from ...models.printed import ARTICLE_BESIDE, WRITTEN

# What an event's details may keep.
KEPT = frozenset(
    """version restored edition live_at before after answer batch link ending original passage_note language place
    category position until""".split()
)
EMPTIED = tuple(column for column in (*WRITTEN, *ARTICLE_BESIDE) if column != "headline")


def remove_traces(article: Article) -> None:
    """Remove them, in the caller's transaction; the editions must still hold their headlines."""
    blank_mails({article.headline, *article.editions.values_list("headline", flat=True)} - {""})
    remove_what_hangs_on(article)
    corrections = Correction.objects.filter(article=article)
    blank_admin_log(Correction, corrections.values_list("pk", flat=True))
    blank_admin_log(Article, [article.pk])
    corrections.update(text="")
    blank_errors(article)
    for event in Event.objects.filter(article=article).exclude(detail={}):
        event.detail = {key: value for key, value in event.detail.items() if key in KEPT}
        event.save(update_fields=["detail"])
    empty_working_copy(article)


def remove_what_hangs_on(article: Article) -> None:
    """Remove the rows that are nothing without the article, such as its versions and answers; but not its events."""
    for relation in Article._meta.related_objects:
        if relation.on_delete is CASCADE and relation.related_model is not Event:
            relation.related_model._default_manager.filter(**{relation.field.name: article}).delete()


def blank_mails(headlines: Iterable[str]) -> None:
    """Take the headlines out of the mails that name them."""
    for headline in headlines:
        for mail in Outbox.objects.filter(Q(subject__contains=headline) | Q(body__contains=headline)):
            mail.subject, mail.body = (text.replace(headline, "[…]") for text in (mail.subject, mail.body))
            mail.save(update_fields=["subject", "body"])


def blank_admin_log(model: type[Model], ids: Iterable[int]) -> None:
    """Leave of the admin's own log of these rows only who did something when."""
    entries = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(model), object_id__in=[str(pk) for pk in ids]
    )
    entries.update(object_repr="", change_message="")


def blank_errors(article: Article) -> None:
    """Take what jobs said of the article when they failed; it may quote the text."""
    article.releases.exclude(last_error="").update(last_error="")
    for batch in Batch.objects.exclude(failed=[]):
        kept = [entry | ({"error": ""} if entry.get("article") == article.pk else {}) for entry in batch.failed]
        Batch.objects.filter(pk=batch.pk).update(failed=kept)


def empty_working_copy(article: Article) -> None:
    """Empty the working copy; its new version refuses what an editor still has open. The address stays: it says 410."""
    address = article.addresses.filter(current=True).first()
    with translation.override(article.language):
        headline = _("[erased]")
    Article.objects.filter(pk=article.pk).update(
        **dict.fromkeys(EMPTIED, ""),
        headline=headline,
        slug=address.slug if address else f"erased-{article.pk}",
        lead_photo=None,
        origin_published_at=None,
        state="draft",
        version=F("version") + 1,
    )
