"""Who may erase what, what an erased article still can do, and erasing in silence is found."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import transaction

from articles.models import (
    Address,
    Article,
    Edition,
    Erasure,
    ReadingForm,
)
from articles.publishing import Refused, publish, schedule, withdraw
from articles.publishing.record import erase, verify
from tests.builders import NOW, make_article, make_user
from tests.publishing.erasing import HOUR, withdrawn

REASON = "Order of the district court."


@pytest.fixture
def folders(settings: object, tmp_path: Path) -> Path:
    settings.PAGES_DIR, settings.MEDIA_ROOT = tmp_path / "pages", tmp_path / "media"  # type: ignore[attr-defined]
    return tmp_path


@pytest.fixture
def legal(editor: User) -> User:
    return make_user("Legal")


def refused(article: Article, by: User | None, at: object = NOW + 3 * HOUR, reason: str = REASON) -> str:
    with pytest.raises(Refused) as caught:
        erase(article, by=by, at=at, reason=reason)  # type: ignore[arg-type]
    assert not Erasure.objects.exclude(article=article).exists()
    return str(caught.value)


def test_only_a_withdrawn_article_can_be_erased(editor: User, legal: User) -> None:
    article = make_article()
    assert "withdraw it first" in refused(article, legal)
    publish(article, by=editor, at=NOW)
    assert "withdraw it first" in refused(article, legal)
    withdraw(article, by=legal, at=NOW + HOUR, note="By order.")
    schedule(article, by=make_user("Managing editor"), at=NOW + HOUR, live_at=NOW + 9 * HOUR)
    assert "withdraw it first" in refused(article, legal)
    assert Edition.objects.exclude(headline="").count() == 2
    assert verify() == []


def test_erasure_needs_a_reason_and_happens_once(editor: User, legal: User) -> None:
    article = withdrawn(editor)
    assert "Say why" in refused(article, legal, reason="  ")
    erase(article, by=legal, at=NOW + 3 * HOUR, reason=REASON)
    assert "already" in refused(article, legal)


@pytest.mark.parametrize("role", ["Reporter", "Editor", "Administrator"])
def test_roles_that_may_not_erase(editor: User, role: str) -> None:
    article = withdrawn(editor)
    with pytest.raises(PermissionDenied):
        erase(article, by=make_user(role), at=NOW + 3 * HOUR, reason=REASON)
    assert not Erasure.objects.exists()


def test_managing_editor_may_erase(editor: User) -> None:
    erase(withdrawn(editor), by=make_user("Managing editor"), at=NOW + 3 * HOUR, reason=REASON)
    assert Erasure.objects.exists()


def test_erased_article_cannot_be_published_again(editor: User, legal: User) -> None:
    article = withdrawn(editor)
    version = Article.objects.get(pk=article.pk).version
    erase(article, by=legal, at=NOW + 3 * HOUR, reason=REASON)
    article.refresh_from_db()
    assert (article.headline, article.body, article.slug) == ("[erased]", "", "dunes")
    assert article.version > version
    assert Address.objects.get(current=True).slug == "dunes"
    article.body = "<p>Back again.</p>"
    article.save()
    with pytest.raises(Refused, match="erased"):
        publish(article, by=make_user("Managing editor"), at=NOW + 4 * HOUR)


def test_edition_is_changed_by_nothing_but_an_erasure(editor: User) -> None:
    release = publish(make_article(), by=editor, at=NOW)
    edition = Edition.objects.get(pk=release.edition_id)
    edition.headline = "Other"
    for change in (
        edition.save,
        lambda: Edition.objects.update(headline="Other"),
        lambda: Edition.objects.filter(pk=edition.pk).update(headline="Other"),
        lambda: edition.article.editions.update(headline="Other"),
        lambda: Edition.objects.bulk_update([edition], ["headline"]),
    ):
        with pytest.raises(TypeError, match="never changed"), transaction.atomic():
            change()
    assert Edition.objects.get().headline == "GDL cells found in the harbour"


def test_form_that_was_emptied_in_silence_is_broken_not_erased(editor: User) -> None:
    form = publish(make_article(), by=editor, at=NOW).form
    ReadingForm.objects.update(body=b"")
    assert verify() == [f"Reading form {form.pk} is empty, and no line says that it was erased."]


def test_erased_form_that_is_put_back_is_found(editor: User, legal: User) -> None:
    article = withdrawn(editor)
    kept = list(ReadingForm.objects.all())
    erase(article, by=legal, at=NOW + 3 * HOUR, reason=REASON)
    for form in kept:
        form.save()
    assert verify() == [f"Reading form {pk} was erased, and is there again." for pk in sorted(f.pk for f in kept)]


def test_command_erases_by_number_or_address(editor: User, folders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = withdrawn(editor)
    call_command("erase", "https://testserver/en/2026/03/10/dunes/", reason=REASON)
    assert Erasure.objects.get().article == article
    assert Erasure.objects.get().made_by is None
    call_command("verify_record")
    out = capsys.readouterr().out
    assert f"Article {article.pk} was erased on" in out and "The record is whole: 6 lines" in out
    with pytest.raises(CommandError, match="already"):
        call_command("erase", str(article.pk), reason=REASON)
    for name in ("999999", "0", "/en/2026/03/10/nothing/", "nonsense", ""):
        with pytest.raises(CommandError, match="There is no article"):
            call_command("erase", name, reason=REASON)
