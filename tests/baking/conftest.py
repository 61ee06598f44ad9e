"""A page store of its own for each test, and a site whose pages the test writes itself."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from articles.reader.built import Built

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


class Written:
    """What the application would give: by address a text, a status, an exception, or a function of the moment."""

    def __init__(self) -> None:
        self.pages: dict[str, str | int | Exception | Callable[[datetime], Built]] = {}
        self.next_change_at: dict[str, datetime] = {}
        self.built: list[str] = []

    def build_many(self, paths: Sequence[str], at: datetime) -> Iterator[tuple[str, Callable[[], Built]]]:
        for path in paths:
            yield path, lambda path=path: self.build(path, at)  # type: ignore[misc]

    def build(self, path: str, at: datetime) -> Built:
        self.built.append(path)
        page = self.pages.get(path, 404)
        if isinstance(page, Exception):
            raise page
        if callable(page):
            return page(at)
        if isinstance(page, int):
            return Built(page, b"")
        return Built(200, page.encode(), next_change_at=self.next_change_at.get(path))


@pytest.fixture
def store(settings: object, tmp_path: Path) -> Path:
    settings.PAGES_DIR = tmp_path / "pages"  # type: ignore[attr-defined]
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]
    return tmp_path / "pages"


@pytest.fixture
def site(store: Path, monkeypatch: pytest.MonkeyPatch) -> Written:
    """The site's pages, written by the test instead of rendered by the reader."""
    written = Written()
    monkeypatch.setattr("articles.baking.render.build_many", written.build_many)
    return written
