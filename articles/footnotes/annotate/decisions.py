"""Editors' answers: the key one is kept under, and its effect.

The key is made of the field, the organization, the name and some thirty characters on each side within the line, so an
answer holds as long as the text around is the same. Equal surroundings have equal answers.

An answer for the whole article has the key `*:` and the organization. It answers what would be unclear and nothing
else: a name that a rule marks stays marked, and an answer for the one mention comes first.
"""

from collections.abc import Mapping
from hashlib import blake2b

from articles.footnotes.rules import ASK, MARK, NOT, Article, Hit
from articles.footnotes.types import Candidate, Mention

_AROUND = 30


def decision_key(candidate: Candidate | Mention) -> str:
    """Return the key under which an editor's answer is kept."""
    return _key(candidate.field, candidate.organization, candidate.context)


def article_key(organization: str) -> str:
    """Return the key of an answer for every unclear mention of the organization in the article.

    article_key("harbour") == "*:harbour"
    """
    return f"*:{organization}"


def _key(field: str, organization: str, context: str) -> str:
    text = "\x1f".join((field, organization, context))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def context_of(hit: Hit) -> str:
    """Return the folded words around a hit, within its line; the same whether marks are typed in or not."""
    scan, start, end = hit.passage.scan, hit.start, hit.end
    before = scan[start - _AROUND if start > _AROUND else 0 : start]
    after = scan[end : end + _AROUND]
    if "\n" in before:
        before = before[before.rindex("\n") + 1 :]
    if "\n" in after:
        after = after[: after.index("\n")]
    return f"{before}|{scan[start:end]}|{after}"


def apply_decisions(article: Article, decisions: Mapping[str, str]) -> None:
    """Give every hit that has an answer the verdict of the answer."""
    for passage in article.passages:
        for hit in passage.hits:
            organization = hit.name.organization
            answer = decisions.get(_key(passage.field.name, organization, context_of(hit)))
            if answer is None and hit.verdict == ASK:
                answer = decisions.get(article_key(organization))
            if answer in (MARK, NOT):
                hit.verdict, hit.rule = answer, f"decided_{answer}"
