"""A time that the clock skips or strikes twice is asked for again: nobody guesses when an article goes out."""

from collections.abc import Callable

import pytest
from django.test import Client

from articles.models import Release, Site
from tests.admin.forms import act
from tests.builders import make_article


@pytest.fixture
def berlin(client_as: Callable[[str], Client]) -> Client:
    client = client_as("Editor")
    Site.objects.update(time_zone="Europe/Berlin")
    return client


@pytest.mark.parametrize(("day", "clock"), [("2031-03-30", "02:30"), ("2031-10-26", "02:30")])
def test_a_time_that_is_none_or_two_is_refused_at_its_field(berlin: Client, day: str, clock: str) -> None:
    refused = act(berlin, make_article(), "schedule", live_at_0=day, live_at_1=clock)
    assert "Europe/Berlin" in str(refused.context["form"].errors["live_at"])
    assert not Release.objects.exists()


@pytest.mark.parametrize(
    ("day", "clock", "expected"),
    [
        ("2031-03-30", "01:59", "2031-03-30T00:59:00+00:00"),
        ("2031-03-30", "03:00", "2031-03-30T01:00:00+00:00"),
        ("2031-10-26", "01:59", "2031-10-25T23:59:00+00:00"),
        ("2031-10-26", "03:00", "2031-10-26T02:00:00+00:00"),
    ],
)
def test_the_times_around_it_are_taken(berlin: Client, day: str, clock: str, expected: str) -> None:
    act(berlin, make_article(), "schedule", live_at_0=day, live_at_1=clock)
    assert Release.objects.get().live_at.isoformat() == expected
