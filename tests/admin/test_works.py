"""Store a page again, run a job again, try a mail again."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import JobRun, Outbox, Page
from tests.admin.forms import act
from tests.builders import make_article


def choose(client: Client, name: str, action: str, *rows: int) -> str:
    """Run an action of a list on rows; return the page that follows."""
    address = reverse(f"admin:articles_{name}_changelist")
    response = client.post(address, {"action": action, "_selected_action": rows}, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_page_is_stored_again(editor: Client) -> None:
    act(editor, make_article(), "publish")
    page = Page.objects.get(path="/en/news/")
    Page.objects.update(dirty_since=None, last_error="broken", attempts=4)
    assert "1 page will be stored again." in choose(editor, "page", "store_again", page.pk)
    again = Page.objects.get(pk=page.pk)
    assert again.dirty_since is not None
    assert (again.generation, again.attempts, again.last_error) == (page.generation + 1, 0, "")


def test_job_is_planned_again(editor: Client) -> None:
    run = JobRun.objects.create(job="close_day", key="2026-03-09", started_at=timezone.now(), state="done")
    assert "1 job will be run again." in choose(editor, "jobrun", "run_again", run.pk)
    assert JobRun.objects.filter(job="close_day", key="2026-03-09").count() == 2


def test_the_page_of_a_run_shows_how_far_it_is_until_it_has_ended(editor: Client) -> None:
    run = JobRun.objects.create(job="close_day", key="2026-03-09", started_at=timezone.now())
    page = reverse("admin:articles_jobrun_change", args=[run.pk])
    moving = reverse("admin:articles_jobrun_progress", args=[run.pk])
    assert "Planned" in editor.get(page).content.decode()

    JobRun.objects.update(attempts=1, detail={"done": 30, "total": 120})
    for address in (page, moving):
        shown = editor.get(address).content.decode()
        assert f'hx-get="{moving}"' in shown
        assert 'max="120" value="30"' in shown
    assert "30 / 120" in editor.get(reverse("admin:articles_jobrun_changelist")).content.decode()

    JobRun.objects.update(state="done", finished_at=timezone.now(), detail={"pages": {"stored": 120}})
    assert editor.get(moving)["HX-Refresh"] == "true"
    assert "<progress" not in editor.get(page).content.decode()
    assert editor.get(reverse("admin:articles_jobrun_progress", args=[run.pk + 1])).status_code == 404


def test_unknown_job_is_refused_in_words(editor: Client) -> None:
    run = JobRun.objects.create(job="paint", started_at=timezone.now(), state="done")
    assert "cannot be run again" in choose(editor, "jobrun", "run_again", run.pk)
    assert JobRun.objects.count() == 1


def test_mail_is_tried_again_unless_it_was_sent(editor: Client) -> None:
    at = timezone.now()
    failed = Outbox.objects.create(to="a@b.invalid", subject="x", body="x", made_at=at, last_error="no", attempts=5)
    sent = Outbox.objects.create(to="a@b.invalid", subject="y", body="y", made_at=at, sent_at=at, attempts=1)
    assert "1 mail will be tried again." in choose(editor, "outbox", "try_again", failed.pk, sent.pk)
    failed.refresh_from_db()
    sent.refresh_from_db()
    assert (failed.attempts, failed.last_error, sent.attempts) == (0, "", 1)


def test_legal_sees_pages_and_jobs_but_does_not_start_them(client_as: Callable[[str], Client]) -> None:
    run = JobRun.objects.create(job="close_day", key="2026-03-09", started_at=timezone.now(), state="done")
    choose(client_as("Legal"), "jobrun", "run_again", run.pk)
    assert JobRun.objects.count() == 1
