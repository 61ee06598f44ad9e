"""Which lists and months of the archive readers see, of all languages: for the sitemap. Facts of `facts.read`."""

from ..models import CODES, KINDS
from .facts import Branch, Facts, columns


def rubrics_shown() -> Branch:
    """Ask for the rubrics that readers see articles of: rows with the language as `name_en`, the kind as `name_ru` and
    the address part as `text`."""
    selects = []
    for name, kind in KINDS.items():
        begun = (
            f"JOIN {kind.through} f ON f.edition_id = b.edition_id WHERE f.{name}_id = k.id"
            if kind.is_many
            else f"WHERE b.{name}_id = k.id"
        )
        quoted = f"'{name}'"
        selects += [
            f"SELECT {columns('list', text='k.slug', name_en=f'%(map_{code})s', name_ru=quoted)} "  # noqa: S608
            f"FROM {kind.table} k WHERE EXISTS (SELECT 1 FROM articles_count c WHERE c.language = %(map_{code})s "
            f"AND c.rubric = '{name}:' || k.slug AND c.number > 0) "
            f"OR EXISTS (SELECT 1 FROM begun b {begun} AND b.language = %(map_{code})s)"
            for code in CODES
        ]
    return Branch(" UNION ALL ".join(selects), {f"map_{code}": code for code in CODES})


def months_of_languages() -> Branch:
    """Ask for the months in which readers see articles: rows with the month as `text`, the language as `name_en`."""
    month = "SUBSTR(CAST({} AS text), 1, 7)"
    counted = f"SELECT language, {month.format('date')} AS month FROM articles_count WHERE rubric = '' AND number > 0"  # noqa: S608
    begun = f"SELECT language, {month.format('published_date')} FROM begun"  # noqa: S608
    found = columns("month of", text="m.month", name_en="m.language")
    return Branch(f"SELECT {found} FROM ({counted} UNION {begun}) m", {})  # noqa: S608


def lists_of(known: Facts) -> list[tuple[str, str, str]]:
    """Return language, kind and address part of each list asked for with `rubrics_shown`."""
    return sorted((row.name_en, row.name_ru, row.text) for row in known.rows["list"])


def months_of(known: Facts) -> list[tuple[str, str]]:
    """Return language and month of each asked for with `months_of_languages`."""
    return sorted((row.name_en, row.text) for row in known.rows["month of"])
