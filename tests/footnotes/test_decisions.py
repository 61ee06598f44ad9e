"""Editors' answers: for one mention, and for all that is unclear in an article."""

from articles.footnotes.annotate import annotate, article_key, decision_key
from articles.footnotes.types import Annotation, Field
from tests.footnotes.engine import DAY, compiled

HEADLINE = Field("headline", "What the Vault kept")
BODY = Field("body", "Guards of the Vault spoke. The Vault Monthly Review of May wrote of it. Later the Vault closed.")


def judged(decisions: dict[str, str]) -> Annotation:
    fields = [HEADLINE, BODY]
    return annotate(fields, compiled(), language="en", as_of=DAY, decisions=decisions, explain=True)


def marked(decisions: dict[str, str]) -> list[tuple[str, int, str]]:
    return [(one.field, one.start, one.rule) for one in judged(decisions).mentions]


def test_without_an_answer_only_the_strong_name_is_marked() -> None:
    assert [one.surface for one in judged({}).mentions] == ["Vault Monthly Review"]
    assert [one.surface for one in judged({}).unclear] == ["Vault", "Vault", "Vault"]


def test_answer_for_the_article_answers_every_field() -> None:
    always = {article_key("vault"): "mark"}
    assert judged(always).unclear == ()
    assert [rule for _field, _start, rule in marked(always)] == ["decided_mark"] * 2 + ["strong", "decided_mark"]
    assert {field for field, _start, _rule in marked(always)} == {"headline", "body"}


def test_not_in_this_article_leaves_the_name_that_a_rule_marks() -> None:
    never = {article_key("vault"): "not"}
    assert [one.surface for one in judged(never).mentions] == ["Vault Monthly Review"]
    assert judged(never).unclear == ()


def test_answer_for_one_mention_comes_first() -> None:
    last = judged({}).unclear[-1]
    mixed = {article_key("vault"): "mark", decision_key(last): "not"}
    assert [field for field, _start, _rule in marked(mixed)] == ["headline", "body", "body"]
    assert last.start not in {start for _field, start, _rule in marked(mixed)}


def test_answer_for_another_organization_says_nothing() -> None:
    assert len(judged({article_key("beam"): "mark"}).unclear) == 3
