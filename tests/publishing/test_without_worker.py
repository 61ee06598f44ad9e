"""A scheduled article appears at its time on a real server while no worker and no beat runs."""

import time
import urllib.error
import urllib.request
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Heartbeat, Release
from articles.publishing import schedule
from tests.builders import make_article, make_newsroom, make_user


def get(url: str) -> tuple[int, str]:
    """Return status and body of a plain HTTP request."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@pytest.mark.django_db(transaction=True)
def test_scheduled_article_appears_with_no_worker(live_server: object) -> None:
    make_newsroom()
    now = timezone.now()
    live_at = now + timedelta(seconds=4)
    release = schedule(make_article(), by=make_user("Editor"), at=now, live_at=live_at)
    server = live_server.url  # type: ignore[attr-defined]
    address = f"{server}/en/{release.published_date:%Y/%m/%d}/dunes/"
    lists = [f"{server}/en/", f"{server}/en/news/", f"{server}/en/feed.xml", f"{server}/sitemap.xml"]
    while timezone.now() < live_at - timedelta(seconds=1):
        assert get(address)[0] == 404
        for url in lists:
            assert "dunes" not in get(url)[1], url
    time.sleep(max(0.0, (live_at - timezone.now()).total_seconds()))
    status, body = get(address)
    assert status == 200
    assert "The organization is listed as terrorist." in body
    for url in lists:
        assert "dunes" in get(url)[1], url
    release.refresh_from_db()
    assert release.announced_at is None
    assert not Heartbeat.objects.exists()
    assert Release.objects.live(timezone.now()).count() == 1
