"""Editors' answers: the key one is kept under, and its effect.

The key is made of the field, the organization, the name and some thirty characters on each side within the line, so an
answer holds as long as the text around is the same. Equal surroundings have equal answers.

An answer for the whole article has the key `*:` and the organization. It answers what would be unclear and nothing
else: a name that a rule marks stays marked, and an answer for the one mention comes first.

An answer about an entry that was merged into another since holds for that one, unless it has an answer of its own.
"""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b

from articles.footnotes.rules import ASK, MARK, NOT, Article, Hit
from articles.footnotes.types import Candidate, Mention

_AROUND = 30
_NONE: dict[str, tuple[str, ...]] = {}


def decision_key(candidate: Candidate | Mention) -> str:
    """Return the key under which an editor's answer is kept."""
    return _key(candidate.field, candidate.organization, candidate.context)


def article_key(organization: str) -> str:
    """Return the key of an answer for every unclear mention of the organization in the article.

    article_key("harbour") == "*:harbour"
    """
    return f"*:{organization}"


def keys_of(one: Candidate | Mention, also_keys: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield the keys under which an answer may be kept: its own first, then those of entries merged into its own."""
    for organization in (one.organization, *also_keys.get(one.organization, ())):
        yield _key(one.field, organization, one.context)


def answer_of(one: Candidate | Mention, answers: Mapping[str, str], also_keys: Mapping[str, tuple[str, ...]]) -> str:
    """Return the answer for this one mention, "" for none. `also_keys`: entry → keys of those merged into it."""
    return _first(answers, keys_of(one, also_keys)) or ""


def article_answer_of(organization: str, answers: Mapping[str, str], also_keys: Mapping[str, tuple[str, ...]]) -> str:
    """Return the answer for the whole article, "" for none."""
    return _first(answers, map(article_key, (organization, *also_keys.get(organization, ())))) or ""


def _first(answers: Mapping[str, str], keys: Iterable[str]) -> str | None:
    return next((answers[key] for key in keys if key in answers), None)


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


def apply_decisions(
    article: Article, decisions: Mapping[str, str], also_keys: Mapping[str, tuple[str, ...]] = _NONE
) -> None:
    """Give every hit that has an answer its verdict. `also_keys`: entry → keys of those merged into it."""
    for passage in article.passages:
        for hit in passage.hits:
            organization = hit.name.organization
            keys, context = (organization, *also_keys.get(organization, ())), context_of(hit)
            answer = _first(decisions, (_key(passage.field.name, key, context) for key in keys))
            if answer is None and hit.verdict == ASK:
                answer = _first(decisions, map(article_key, keys))
            if answer in (MARK, NOT):
                hit.verdict, hit.rule = answer, f"decided_{answer}"
