"""Try a rule of style before it holds: how often would it have spoken in the articles published last?"""

from dataclasses import dataclass, field
from datetime import datetime

from .. import search
from ..editions.content import content_of_edition, fields_of
from ..editions.house_style import compile_rule, remarks
from ..editions.words_beside import cut, plain
from ..models import Edition, Release, StyleRule

LOOKED_AT = 1000  # articles
EXAMPLES = 20


@dataclass(frozen=True)
class Example:
    article_id: int
    headline: str
    before: str
    surface: str
    after: str


@dataclass
class StyleTrial:
    """`looked_at`: articles published last in the rule's language; `articles`, `times`: in how many, how often."""

    looked_at: int = 0
    articles: int = 0
    times: int = 0
    examples: list[Example] = field(default_factory=list)


def try_rule(rule: StyleRule, at: datetime) -> StyleTrial:
    """Hold a rule, stored or not, against the live articles published last."""
    compile_rule(rule)
    newest = Release.objects.live(at).filter(language=rule.language).order_by("-published_at", "-pk")
    releases = list(newest.values_list("indexed_as", "edition_id")[:LOOKED_AT])
    trial = StyleTrial(len(releases))
    longest = {form for variant in rule.compiled for form in max(variant, key=lambda word: len(word[0]))}
    found = search.editions_with(longest)
    held = [edition for indexed_as, edition in releases if indexed_as in found]
    for start in range(0, len(held), 100):
        rows = Edition.objects.filter(pk__in=held[start : start + 100]).prefetch_related("regions", "topics")
        for edition in rows.order_by("-pk"):
            look_at(trial, edition, rule)
    return trial


def look_at(trial: StyleTrial, edition: Edition, rule: StyleRule) -> None:
    texts = {one.name: plain(one.text, one, "\n") for one in fields_of(content_of_edition(edition))}
    said = [(texts[name], one) for name, some in remarks(texts, [rule]).items() for one in some]
    trial.articles += bool(said)
    trial.times += len(said)
    for text, one in said[: max(0, EXAMPLES - len(trial.examples))]:
        before, after = text[max(0, one.start - 80) : one.start], text[one.end : one.end + 80]
        trial.examples.append(
            Example(
                edition.article_id,
                edition.headline,
                cut(before.rpartition("\n")[2]),
                one.surface,
                cut(after.partition("\n")[0]),
            )
        )
