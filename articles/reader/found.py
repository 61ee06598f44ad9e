"""The search page: hits by relevance or by date, each with the passage that answers, in one block with its notes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..editions import Line, field_html
from ..footnotes.ledger import Block
from ..models import Release
from ..models.fields import printable
from ..models.languages import KNOWN
from ..pagemap.addresses import search_feed_path, search_path
from ..search import HitRow, Limits, Part, SearchQuestion, beyond, hits, newest, proposals, ranked, understand
from ..search.counts import may_answer
from ..search.keys import EDITIONS, SECOND
from ..search.question import LONGEST_QUERY
from ..shown.lines import with_bodies
from .blocks import Blocks
from .built import Built, Missing
from .excerpts import excerpt, highlighted
from .frame import PrintedRubric
from .keyset import BadCursor, Cursor, Slice, cut, part_of
from .lines import line_of
from .narrowing import FIELDS, ChosenLimits, chosen, form_of
from .news import cleaned
from .others import with_other_names
from .paging import Pager, numbered
from .visit import Head, Visit, page, titled

SIZE = 20
MOST = 1000  # hits that are counted, and put in order by relevance
MOST_BESIDE = 100  # hits in another language that are counted
MOST_MEANT = 4  # queries that are tried where no article has what was written
KEPT = (*FIELDS, "sort")  # parameters that links of the page hand on
LAST = "last"  # the page by date that holds the first hits ever


@dataclass(frozen=True)
class Hit:
    line: Line
    category: PrintedRubric
    headline: SafeString
    passage: SafeString


class BodiedLine(NamedTuple):
    """A hit as it is read: its line, and the HTML of its body."""

    line: Line
    body: str


@dataclass(frozen=True)
class FoundHits:
    """`question`: the one that was answered; `rows`: its hits, newest first, at most one more than are counted;
    `meant`: the query that it stands for, where no article has what was written."""

    question: SearchQuestion
    rows: list[HitRow]
    meant: str = ""


@dataclass(frozen=True)
class Listed:
    """The hits of one page, and where it leads. By relevance `newer` is the page before it and `older` the one behind
    it, with others by their numbers. `further`: the address from which to look on, where so many articles were looked
    through that others behind them were not."""

    hits: list[BodiedLine]
    pager: Pager
    further: str = ""


def results(visit: Visit, query: QueryDict) -> Built:
    """Build the page for the query `q` with its filters; raise Missing for a bad cursor."""
    given, written = cleaned(query), written_in(query)
    made = chosen(given, visit)
    found = answer(written, visit, made.limits or Limits()) if made.limits is not None else NOTHING
    by_date = given.get("sort") == "date" or bool(given.get("before") or given.get("after"))
    try:
        listed = (dated if by_date else weighed)(found, visit, given, written, made)
    except BadCursor as error:
        raise Missing from error
    block = Blocks(visit.frame, visit.language, visit.today).ledger.block("s") if listed.hits else None
    wanted = found.question.tokens()
    context = {
        "query": written,
        "understood": bool(understand(written)),
        "form": form_of(given, found.rows, made, visit),
        "filtered": any(given.get(name) for name in FIELDS),
        "hits": [hit_of(one, block, wanted, visit) for one in listed.hits if block],
        "notes": block.notes() if block else [],
        "pager": listed.pager,
        "further": listed.further,
        "today": visit.today,
        **told(found, visit, given, written, by_date=by_date),
        **beside(found, visit, given, written, made),
    }
    return page(visit, "articles/search.html", head_of(visit, given, written, context["feed"]), context)


def written_in(query: QueryDict) -> str:
    """Return what a reader has typed, as far as it is read."""
    return printable(query.get("q", "").replace("\x00", " ")).strip()[:LONGEST_QUERY]


NOTHING = FoundHits(SearchQuestion(), [])
NEWEST = Part(SIZE)


def answer(written: str, visit: Visit, limits: Limits) -> FoundHits:
    """Return the hits: for what is likeliest meant by the words, else for all that they may be, else for what may have
    been meant instead of them."""
    found = asked(written, visit, visit.language, limits)
    if found.rows or not found.question:
        return found
    for other in islice(proposals(written, visit.language, visit.at), MOST_MEANT):
        instead = asked(other, visit, visit.language, limits)
        if instead.rows:
            return replace(instead, meant=other)
    return found


def asked(written: str, visit: Visit, language: str, limits: Limits, most: int = MOST) -> FoundHits:
    """Return the newest hits in a language, one more than `most` at most. In another than the page's nothing is looked
    for of which no article there has the words: that would be to walk through all of them."""
    plain = understand(written)
    question = with_other_names(plain, written, visit.frame, language)
    for one in ways_to(plain, question):
        is_there = language == visit.language or may_answer(one, language)
        if is_there and (rows := found_of(one, visit, language, limits, most)):
            return FoundHits(one, rows)
    return FoundHits(question, [])


def ways_to(plain: SearchQuestion, question: SearchQuestion) -> Iterator[SearchQuestion]:
    """Yield a question as it is asked, then for all lemmas, then as it was typed where it left out what is typed."""
    yield question
    wide = question.widened()
    if wide.tokens() != question.tokens():
        yield wide
    if not typed_words(plain) <= typed_words(question):
        yield plain


def typed_words(question: SearchQuestion) -> set[str]:
    """Return the words that somebody typed."""
    return {word for clause in question.clauses for term in clause if not term.is_other for word in term.words}


def found_of(question: SearchQuestion, visit: Visit, language: str, limits: Limits, most: int) -> list[HitRow]:
    return newest(question, language, visit.at, most + 1, limits=limits)[: most + 1] if question else []


def weighed(found: FoundHits, visit: Visit, given: QueryDict, written: str, made: ChosenLimits) -> Listed:
    """Return a page of the newest hits by relevance; one beyond the last shows the last."""
    last = max(1, -(-min(len(found.rows), MOST) // SIZE))
    number = min(page_number(given), last)
    some = ranked(found.question, found.rows[:MOST])[(number - 1) * SIZE : number * SIZE] if found.rows else []
    pager = Pager(
        newer=linked(visit, given, written, page=str(number - 1)) if number > 1 else "",
        older=linked(visit, given, written, page=str(number + 1)) if number < last else "",
        numbers=tuple(numbered(number, last, lambda one: linked(visit, given, written, page=str(one)))),
    )
    further = "" if len(found.rows) > MOST else further_from(found, visit, given, written, made)
    return Listed(lines_of([one.release for one in some], visit), pager, further)


def page_number(given: QueryDict) -> int:
    """Return the number of the page that is asked for, the first for what is no number."""
    written = given.get("page", "")
    return max(1, int(written)) if written.isascii() and written.isdecimal() and len(written) < 6 else 1


def dated(found: FoundHits, visit: Visit, given: QueryDict, written: str, made: ChosenLimits) -> Listed:
    """Return a page of the hits newest first; raise BadCursor."""
    before, after, is_last = given.get("before", ""), given.get("after", ""), given.get("page") == LAST
    if not before and not after and not is_last:
        return newest_of(found, visit, given, written, made)
    part = part_of(SIZE, before=before, after=after, is_last=is_last)
    some = hits(found.question, visit.language, visit.at, part, made.limits or Limits())
    placed = some.only("published_at", "article_id")
    slice_: Slice = cut(placed, size=SIZE, before=before, after=after, is_last=is_last)
    pager = Pager(
        first=linked(visit, given, written, sort="date"),
        newer=linked(visit, given, written, after=slice_.newer) if slice_.newer else "",
        older=linked(visit, given, written, before=slice_.older) if slice_.older else "",
        last=linked(visit, given, written, sort="date", page=LAST) if slice_.older else "",
    )
    ended = not (slice_.newer if part.is_newer else slice_.older)
    further = further_from(found, visit, given, written, made, part) if ended else ""
    return Listed(lines_of([one.pk for one in slice_.releases], visit), pager, further)


def further_from(
    found: FoundHits, visit: Visit, given: QueryDict, written: str, made: ChosenLimits, part: Part = NEWEST
) -> str:
    """Return the address of the page that looks on where a part of the hits stopped looking; empty where it did not."""
    limits = made.limits
    if limits is None or not found.question:
        return ""
    moment = beyond(found.question, visit.language, visit.at, part.place, part.is_newer, limits)
    if moment is None:
        return ""
    place = {"after": Cursor(moment, 0)} if part.is_newer else {"before": Cursor(moment + SECOND, 0)}
    return linked(visit, given, written, **{name: str(cursor) for name, cursor in place.items()})


def newest_of(found: FoundHits, visit: Visit, given: QueryDict, written: str, made: ChosenLimits) -> Listed:
    """Return the first page by date, of the hits that are known already; those of one second by their moments."""
    border = found.rows[:SIZE][-1].row >> EDITIONS if found.rows else 0
    some = [one for one in found.rows if one.row >> EDITIONS >= border]
    if len(some) > SIZE:
        ordered = Release.objects.filter(pk__in=[one.release for one in some]).order_by("-published_at", "-article_id")
        first = set(ordered.values_list("pk", flat=True)[:SIZE])
        some = [one for one in some if one.release in first]
    read = lines_of([one.release for one in some], visit)
    listed = sorted(read, key=lambda one: (one.line.published_at, one.line.article), reverse=True)
    if len(found.rows) <= SIZE or not listed:
        return Listed(listed, Pager(), further_from(found, visit, given, written, made))
    last = Cursor(listed[-1].line.published_at, listed[-1].line.article)
    older = linked(visit, given, written, before=str(last))
    return Listed(listed, Pager(older=older, last=linked(visit, given, written, sort="date", page=LAST)))


def lines_of(releases: Sequence[int], visit: Visit) -> list[BodiedLine]:
    """Return the lines of releases with their bodies, in this order, as a page of the day shows them."""
    read = with_bodies(releases, visit.at) if releases else ()
    lines = {release: BodiedLine(line_of(row).on(visit.today), body) for row, release, body in read}
    return [lines[one] for one in releases if one in lines]


def told(found: FoundHits, visit: Visit, given: QueryDict, written: str, *, by_date: bool) -> dict[str, Any]:
    """Return what the page says of the hits: how many, in which order, and what was meant."""
    return {
        "number": min(len(found.rows), MOST),
        "is_over": len(found.rows) > MOST,
        "by_date": by_date,
        "by_relevance_path": linked(visit, given, written, sort=""),
        "by_date_path": linked(visit, given, written, sort="date"),
        "meant": proposed(found.meant, visit),
        "meant_path": linked(visit, given, found.meant) if found.meant else "",
        "feed": with_query(search_feed_path(visit.language), given, found.meant or written),
        "clear": with_query(search_path(visit.language), QueryDict(), written),
    }


def proposed(text: str, visit: Visit) -> str:
    """Return what may have been meant as the page prints it: a name on a register bears its mark, in capitals if it is
    known by these alone."""
    for written in (text, text.upper(), text.title()):
        if (printed := visit.frame.named(written, visit.language)) != written:
            return printed
    return text


def beside(found: FoundHits, visit: Visit, given: QueryDict, written: str, made: ChosenLimits) -> dict[str, Any]:
    """Return how many articles in each other language answer to what was written, or else to what was meant, with their
    addresses."""
    others = []
    for code in visit.site.used if made.limits is not None and written else ():
        for query in (written, found.meant) if code != visit.language else ():
            number = len(asked(query, visit, code, made.limits or Limits(), MOST_BESIDE).rows) if query else 0
            if number:
                path = with_query(search_path(code), given, query)
                others.append((code, KNOWN[code].own_name, min(number, MOST_BESIDE), number > MOST_BESIDE, path))
                break
    return {"beside": others}


def hit_of(found: BodiedLine, block: Block, wanted: set[str], visit: Visit) -> Hit:
    """Render a hit: its headline, and the passage of its text; the summary where no passage may be shown."""
    line, marks = found.line, found.line.marks
    headline = field_html("headline", line.headline, marks, block, links=False)
    # A style that marks only first mentions leaves names in the passage bare: then the summary stands alone.
    own = [mark for mark in marks if mark.field == "body"]
    passage = excerpt(found.body, own, wanted) if visit.site.mentions == "every" else None
    name, text, inside = ("body", passage[0].text, passage[1]) if passage else ("summary", line.summary, marks)
    shown = highlighted(field_html(name, text, inside, block, links=True), wanted)
    return Hit(line, visit.frame.category(line.category), highlighted(headline, wanted), shown)


def head_of(visit: Visit, given: QueryDict, written: str, feed: str) -> Head:
    """Return the page's head: no search is indexed, each has a feed, and keeps its query in the other language."""
    if not written:
        return Head(title=titled(_("Search the news"), visit), canonical=search_path(visit.language), indexed=False)
    return Head(
        title=titled(_("Search the news"), visit),
        canonical=search_path(visit.language),
        alternates={code: with_query(search_path(code), given, written) for code in visit.site.used},
        feed=feed,
        feed_title=f"{visit.site.name(visit.language)}: {_('Search the news')}",
        indexed=False,
    )


def linked(visit: Visit, given: QueryDict, written: str, **other: str) -> str:
    """Return the address of this search with its filters; `other`: parameters of its own, empty: without it."""
    return with_query(search_path(visit.language), given, written, **other)


def with_query(path: str, given: QueryDict, written: str, **other: str) -> str:
    """Return an address with the query and its filters."""
    query = {"q": written} | {name: given.get(name, "") for name in KEPT} | other
    return f"{path}?{urlencode({name: value for name, value in query.items() if value})}"
