"""Whether an act has left its traces in the database: each kind of act, by the word that it left there."""

from typing import Any

from articles.models import Batch, Correction, Edition, Event, Outbox, Release

PRINTING = ("publish", "schedule", "reschedule", "by hand", "change", "correct", "move", "again")
COPIES = ("relabel", "retraction")  # editions that repeat the headline of the one before


def editions(intent: dict[str, Any]) -> list[Edition]:
    """Return the editions that an act has issued; more than one would be one too many."""
    issued = Edition.objects.filter(headline__startswith=f"{intent['word']} ").exclude(reason__in=COPIES)
    return list(issued.select_related("release").order_by("pk"))


def traces(intent: dict[str, Any]) -> int:
    """Return how often an act was done."""
    kind, act = intent["kind"], intent["act"]
    if kind in PRINTING:
        return len(editions(intent))
    if kind == "retract":
        return Correction.objects.filter(kind="retraction", text=act).count()
    if kind == "withdraw":
        return Event.objects.filter(kind="withdrawal", detail__note=act).count()
    if kind == "answer":
        return Event.objects.filter(kind="answer", detail__reason=act).count()
    if kind == "cancel":
        return Event.objects.filter(kind="cancel", article=intent["article"], at=intent["at"]).count()
    if kind == "registers":
        return Batch.objects.filter(register_version__reason=act).count()
    assert kind == "mail", kind
    return Outbox.objects.filter(subject=act).count()


def look(intent: dict[str, Any]) -> dict[str, Any] | None:
    """Return what the journal says of an act that was done; None if it was not."""
    if intent["kind"] in PRINTING:
        return issued(editions(intent)[0].release) if editions(intent) else None
    return {} if traces(intent) else None


def issued(release: Release) -> dict[str, Any]:
    """Return what the journal says of a release."""
    return {"release": release.pk, "article": release.article_id, "live_at": release.live_at.timestamp()}
