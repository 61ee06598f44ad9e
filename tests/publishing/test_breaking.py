"""A breaking line is a text of the house: when the registers, or a day, mark it otherwise, its page alone follows."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User

from articles import pagemap
from articles.models import Designation, Name, Organization, Page
from articles.publishing import arrange
from articles.publishing.front import BreakingText, Sheet
from articles.publishing.relabel import apply_version, follow_dates
from articles.reader.pages import build
from articles.registers import compile_version, refresh_version
from tests.builders import NOW, make_newsroom, make_user

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PAGES = ("/en/", "/ru/", "/en/news/", "/en/archive/")


@pytest.fixture
def editor() -> User:
    make_newsroom()
    return make_user("Editor")


def put(editor: User, text: str) -> None:
    """Store an English line; then no page is dirty."""
    arrange("en", Sheet(), Sheet(line=BreakingText(text)), by=editor, at=NOW)
    pagemap.touch(PAGES, NOW)
    Page.objects.update(dirty_since=None)


def dirty() -> set[str]:
    return set(Page.objects.exclude(dirty_since=None).values_list("path", flat=True))


def page(at: object = NOW) -> str:
    return build("/en/", at).body.decode()  # type: ignore[arg-type]


def test_it_is_marked_anew_with_the_registers(editor: User) -> None:
    put(editor, "The Pelican Circle has left")
    assert "Pelican Circle has left" in page()
    lamp = Organization.objects.get(key="northern-lamp")
    Name.objects.create(organization=lamp, text="Pelican Circle", language="en", strength="strong", position=9)

    apply_version(compile_version(NOW), by=None, at=NOW)

    assert dirty() == {"/en/"}
    assert "Pelican Circle<sup" in page()


def test_it_is_marked_anew_on_the_day_on_which_a_designation_begins(editor: User) -> None:
    Designation.objects.filter(organization__key="northern-lamp").update(designated_from=date(2026, 3, 12))
    refresh_version(NOW)
    put(editor, "The Northern Lamp Fund has left")

    assert follow_dates(date(2026, 3, 10), date(2026, 3, 11), NOW + DAY) is None
    assert dirty() == set()
    assert "Northern Lamp Fund has left" in page(NOW + DAY)

    follow_dates(date(2026, 3, 11), date(2026, 3, 12), NOW + 2 * DAY)
    assert dirty() == {"/en/"}
    assert "Northern Lamp Fund<sup" in page(NOW + 2 * DAY)


def test_without_a_line_no_front_page_follows(editor: User) -> None:
    pagemap.touch(PAGES, NOW)
    Page.objects.update(dirty_since=None)
    lamp = Organization.objects.get(key="northern-lamp")
    Name.objects.create(organization=lamp, text="Pelican Circle", language="en", strength="strong", position=9)
    apply_version(compile_version(NOW), by=None, at=NOW)
    assert dirty() == set()
