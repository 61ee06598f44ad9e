"""Editors' answers: kept under a key that holds while the text around is the same."""

from articles.footnotes.annotate import annotate, decision_key
from articles.footnotes.types import Annotation, Field
from tests.footnotes.engine import DAY, compiled

TEXT = "Об этом писал Свод вчера.\n\nСвод храма. И снова о Своде."


def annotated(text: str, decisions: dict[str, str]) -> Annotation:
    """Annotate with answers."""
    fields = [Field("body", text)]
    return annotate(fields, compiled(), language="ru", as_of=DAY, decisions=decisions, explain=True)


def test_an_answer_marks_only_its_mention() -> None:
    """The other unclear mentions stay unclear."""
    first, *others = annotated(TEXT, {}).unclear
    answered = annotated(TEXT, {decision_key(first): "mark"})
    (mention,) = answered.mentions
    assert (mention.start, mention.rule, mention.mark_at) == (first.start, "decided_mark", first.mark_at)
    assert answered.unclear == tuple(others)
    assert decision_key(mention) == decision_key(first)


def test_an_answer_takes_a_mark_away() -> None:
    """A person may know better than any rule."""
    (mention,) = annotated("Там ИГИЛ был.", {}).mentions
    answered = annotated("Там ИГИЛ был.", {decision_key(mention): "not"})
    assert answered.mentions == ()
    assert [one.rule for one in answered.rejected] == ["decided_not"]


def test_an_answer_to_a_rejected_name() -> None:
    """What a rule rejected can be marked too."""
    text = "Свод храма высок."
    (rejected,) = annotated(text, {}).rejected
    assert rejected.rule == "ordinary_capital"
    assert annotated(text, {decision_key(rejected): "mark"}).mentions[0].start == rejected.start


def test_an_answer_holds_while_the_text_around_is_the_same() -> None:
    """Text before and after may change, the line around the name may not."""
    key = decision_key(annotated(TEXT, {}).unclear[0])
    assert annotated("Новое начало.\n\n" + TEXT, {key: "mark"}).mentions
    assert annotated(TEXT.replace("Свод вчера", "Свод* вчера"), {key: "mark"}).typed_marks
    assert not annotated(TEXT.replace("писал", "говорил"), {key: "mark"}).mentions


def test_an_answer_belongs_to_its_field() -> None:
    """The same words in another field are another question."""
    key = decision_key(annotated(TEXT, {}).unclear[0])
    fields = [Field("summary", TEXT)]
    assert not annotate(fields, compiled(), language="ru", as_of=DAY, decisions={key: "mark"}).mentions
