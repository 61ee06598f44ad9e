"""What people paste becomes valid HTML, by the Nu Html Checker: all of it in one run."""

import random
from pathlib import Path

from articles.editions import clean_html
from articles.editions.lang_values import KNOWN, REGIONS, SCRIPTS
from tests.editions.pieces import ADDRESSES, fragment, table
from tests.editions.test_valid import MENDED
from tests.html.test_valid import checked

PAGE = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>T</title></head><body>\n{}\n</body></html>\n'
EACH = 50  # fragments to a page


def test_what_was_cleaned_is_valid(tmp_path: Path) -> None:
    chance = random.Random(16)
    sent = [*MENDED, *(f'<a href="{address}">x</a>' for address in ADDRESSES)]
    sent += [fragment(chance, chance.randint(2, 25)) for _ in range(1500)] + [table(chance) for _ in range(500)]
    fragments = [clean_html(one) for one in sent]
    for number in range(0, len(fragments), EACH):
        of_page = "\n".join(f"<div>{one}</div>" for one in fragments[number : number + EACH])
        (tmp_path / f"{number}.html").write_text(PAGE.format(of_page), encoding="utf-8")
    assert checked(tmp_path) == []


def test_every_language_that_stays_is_one(tmp_path: Path) -> None:
    tags = [*KNOWN, *(f"ru-{script}" for script in SCRIPTS), *(f"en-{region}" for region in REGIONS)]
    (tmp_path / "page.html").write_text(PAGE.format("".join(f'<p lang="{tag}">{tag}</p>' for tag in tags)))
    assert checked(tmp_path) == []
