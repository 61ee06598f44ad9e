"""How conditions are taken out; `python -m tests.shown.mutants` tries all, this only those of small statements."""

import pytest

from .conditions import removals, without
from .trying import tried

STATEMENT = """
    /* shown.example */ WITH a AS (SELECT id FROM t WHERE id > 1 UNION ALL SELECT id FROM u)
    SELECT CASE WHEN a.id > %(at)s THEN '(AND)' END FROM a LEFT JOIN b ON b.id = a.id
    WHERE b.x = 1 AND (b.y IS NULL OR b.y > 2 AND b.z < 3) AND EXISTS (SELECT 1 FROM c WHERE c.id = a.id) ORDER BY 1
"""


def test_every_condition_is_found() -> None:
    assert [(one.condition, one.becomes) for one in removals(STATEMENT)] == [
        ("id > 1", "1 = 1"),
        ("a.id > %(at)s", "1 = 1"),
        ("b.id = a.id", "1 = 1"),
        ("b.x = 1", "1 = 1"),
        ("(b.y IS NULL OR b.y > 2 AND b.z < 3)", "1 = 1"),
        ("b.y IS NULL", "1 = 0"),
        ("b.y > 2", "1 = 1"),
        ("b.y > 2 AND b.z < 3", "1 = 0"),
        ("b.z < 3", "1 = 1"),
        ("EXISTS (SELECT 1 FROM c WHERE c.id = a.id)", "1 = 1"),
        ("c.id = a.id", "1 = 1"),
    ]


def test_a_condition_is_taken_out_wherever_its_branch_stands() -> None:
    several = "SELECT a FROM t WHERE b = %(b0)s UNION ALL SELECT a FROM t WHERE b = %(b1)s UNION ALL SELECT a FROM u"
    [key] = {one.key for one in removals(several)}
    assert without(several, key) == several.replace("b = %(b0)s", "1 = 1").replace("b = %(b1)s", "1 = 1")


@pytest.mark.django_db
def test_no_condition_of_the_small_statements_is_lost_unnoticed() -> None:
    found = list(tried(["history", "sitemap", "front"]))
    assert len(found) > 20
    assert [str(mutant) for mutant, is_noticed in found if not is_noticed] == []
