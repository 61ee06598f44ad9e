"""What stands around every page, with one statement: the outlet, the registers in force, the categories; and what the
store holds at an address."""

from typing import Any, NamedTuple

from .sql import ask


class FrameRow(NamedTuple):
    """The outlet, the registers in force and the row of a stored page, each None while there is none; whether rights to
    a photo end at some time; and, another in each row, a category. As the driver gives it."""

    name_en: str | None
    name_ru: str
    tagline_en: str
    tagline_ru: str
    time_zone: str
    glyphs: str
    mentions: str
    languages: str
    publisher: str | None
    version: int | None
    digest: str
    page: int | None
    generation: int
    file_hash: str
    dirty_since: Any
    next_change_at: Any
    content_type: str
    photos_end: Any
    category: int | None
    slug: str
    category_en: str
    category_ru: str


STATEMENT = """
    /* shown.frame */
    SELECT s.name_en AS name_en, s.name_ru AS name_ru, s.tagline_en AS tagline_en, s.tagline_ru AS tagline_ru,
        s.time_zone AS time_zone, s.glyphs AS glyphs, s.mentions AS mentions, s.languages AS languages,
        o.key AS publisher,
        v.id AS version, v.digest AS digest,
        p.id AS page, p.generation AS generation, p.file_hash AS file_hash, p.dirty_since AS dirty_since,
        p.next_change_at AS next_change_at, p.content_type AS content_type,
        EXISTS (SELECT 1 FROM articles_photo ph WHERE ph.rights_until IS NOT NULL) AS photos_end,
        c.id AS category, c.slug AS slug, c.name_en AS category_en, c.name_ru AS category_ru
    FROM (SELECT 1 AS number) one
    LEFT JOIN articles_site s ON s.id = one.number
    LEFT JOIN articles_organization o ON o.id = s.publisher_id
    LEFT JOIN (SELECT id, digest FROM articles_registerversion WHERE applied_at IS NOT NULL
        ORDER BY applied_at DESC, number DESC LIMIT 1) v ON one.number = 1
    LEFT JOIN articles_page p ON p.path = %(path)s
    LEFT JOIN articles_category c ON one.number = 1
    ORDER BY c.position, c.slug
"""


def around(path: str) -> list[FrameRow]:
    """Read the frame of the page at an address, one row for each category, in their order; one without any."""
    return [FrameRow._make(row) for row in ask(STATEMENT, {"path": path})]
