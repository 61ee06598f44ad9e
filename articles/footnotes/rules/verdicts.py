"""The rules: each takes a hit and the article and says mark, not, ask, or nothing: the next decides.

Those that say that another thing or somebody else is meant are in `otherwise`.
"""

from articles.footnotes.rules import context, evidence, letters, meaning
from articles.footnotes.rules.called import apposed_with_cue, noun_beside
from articles.footnotes.rules.hit import (
    ASK,
    MARK,
    NOT,
    Article,
    Cue,
    Hit,
    fills_quotes,
    in_capitals,
    sentence_begins,
    within,
)
from articles.footnotes.rules.listed import is_item, is_whole_item, listed_beside, neighbour_of_kind, status_of_list
from articles.footnotes.rules.owners import owner_behind


def note_line(hit: Hit, article: Article) -> str | None:
    """No marks in the notes themselves."""
    return NOT if hit.passage.notes and within(hit.passage.notes, hit.start) else None


def own_name(hit: Hit, article: Article) -> str | None:
    """An outlet that is itself on a list prints its own notice instead of marks on its name."""
    return NOT if hit.name.organization == article.publisher else None


def not_in_force(hit: Hit, article: Article) -> str | None:
    """A designation has a period, and each register a policy for what was lifted."""
    return None if article.in_force[hit.name.organization] else NOT


def joined_numeral(hit: Hit, article: Article) -> str | None:
    """A hyphenated numeral makes an abbreviation the name of a type: a tank, a satellite."""
    return NOT if letters.joined_to_numeral(hit) else None


def initials(hit: Hit, article: Article) -> str | None:
    """Dotted letters beside a family name are somebody's initials; two letters with dots need a cue."""
    if not hit.passage.text.startswith(".", hit.start + 1):
        return None
    if letters.initials_of_person(hit):
        return NOT
    sure = hit.end - hit.start > letters.TWO_WITH_DOTS or cued(hit, article)
    found = evidence.status_beside(hit) or noun_beside(hit) or _both_in_article(hit, article)
    return None if sure or noted(hit, found) else ASK


def other_words_beside(hit: Hit, article: Article) -> str | None:
    """What is special to one name is data of that name; a status beside it says more."""
    if not context.means_something_else(hit):
        return None
    if not hit.passage.roots or not evidence.status_beside(hit):
        return NOT
    hit.cue = None
    return None


def other_meaning_stated(hit: Hit, article: Article) -> str | None:
    """`Some Words (SW)` is not the organization SW, nor is a later SW there."""
    if article.meanings and hit.name.abbreviation and meaning.stated_otherwise(hit, article):
        return NOT
    against = article.against.get(hit.name.number) if article.against else None
    if against and article.meanings and meaning.stated_own(hit, article):
        return None  # the letters were given to it before, whatever they mean farther on
    return NOT if noted(hit, against) else None


def verb_position(hit: Hit, article: Article) -> str | None:
    """In mixed text an abbreviation is strong unless a verb's position speaks against it."""
    return NOT if context.in_verb_position(hit) else None


def verb_possible(hit: Hit, article: Article) -> str | None:
    """Between a noun and what a verb brings the letters may be a verb that somebody stresses: `Love IS what it is`."""
    return ASK if context.may_be_verb(hit) else None


def shared_name(hit: Hit, article: Article) -> str | None:
    """Which note to print cannot be known when the bearers of a name have different statuses and the article
    names none or several of them otherwise."""
    if not hit.others:
        return None
    bearers = [hit.name, *(other.name for other in hit.others)]
    named = [name for name in bearers if article.cued and name.organization in article.cued]
    if len(named) == 1:
        hit.name = named[0]
        return None
    return ASK if len({article.in_force[name.organization] for name in bearers}) > 1 else None


def capitals_need_cue(hit: Hit, article: Article) -> str | None:
    """In a text all in capitals letters that spell a word need a cue; beside one such word, or in a code, a person."""
    if letters.between_small(hit):  # as most stand, which is asked again with the whole article
        return None
    if in_capitals(hit.passage.text, hit.start, hit.end):
        return None if cued(hit, article) else ASK
    return ASK if letters.beside_capitals(hit) else None


def strong(hit: Hit, article: Article) -> str | None:
    """A strong name marks always; a foreign one may be strong in articles of some languages only."""
    return MARK if hit.name.strength == "strong" or article.language in hit.name.strong_in else None


def bare_number(hit: Hit, article: Article) -> str | None:
    """A name that is a number is a number, unless quotation marks or its descriptor say otherwise."""
    if evidence.is_quoted(hit) or noun_beside(hit):
        return None
    return NOT


def letters_differ(hit: Hit, article: Article) -> str | None:
    """A name in other letters than its own is marked where the words beside it or the article decide, else asked."""
    if not hit.loose:
        return None
    found = noun_beside(hit) or evidence.status_beside(hit) or _both_in_article(hit, article)
    if noted(hit, found or (evidence.belongs_beside(hit) if evidence.is_quoted(hit) else None)):
        return MARK
    if hit.name.number in article.cues and evidence.is_quoted(hit) and cued(hit, article):
        hit.cue = article.cue_for(hit.name.number)
        return MARK
    if hit.name.strength == "weak" and not evidence.is_quoted(hit) and evidence.in_longer_phrase(hit):
        return NOT
    if article.cued and hit.name.organization in article.cued:
        return MARK
    small = hit.name.strength != "strong" and hit.passage.text[hit.start].islower() and not evidence.is_quoted(hit)
    return NOT if small and article.cued is not None else ASK


def longer_phrase(hit: Hit, article: Article) -> str | None:
    """A single foreign word that a capitalized word follows may be part of another name."""
    if evidence.is_joined_behind(hit):
        return NOT
    return ASK if evidence.in_longer_phrase(hit) else None


def descriptor_beside(hit: Hit, article: Article) -> str | None:
    """Quoted and weak names mark beside their descriptor."""
    return MARK if noted(hit, noun_beside(hit) or apposed_with_cue(hit, article)) else None


def status_beside(hit: Hit, article: Article) -> str | None:
    """Quoted and weak names mark beside a status: `Beam (designated a foreign agent)`."""
    if not noted(hit, evidence.status_beside(hit)):
        return None
    return ASK if evidence.is_body_noun(hit) else MARK


def belongs_beside(hit: Hit, article: Article) -> str | None:
    """Somebody or something beside the name belongs to bodies of its kind: an editor, a fighter, a broadcast."""
    if noted(hit, evidence.people_behind(hit)):
        return MARK
    if hit.name.abbreviation and hit.name.language == "ru":  # others bear these letters: only what no office has
        return MARK if noted(hit, evidence.members_beside(hit)) else None
    own_letters = hit.name.strength == "quoted" or (hit.name.abbreviation and hit.name.language == "en")
    sure = own_letters and evidence.is_inside_sentence(hit)
    if not (sure or evidence.is_quoted(hit) or evidence.has_several_capitals(hit)):
        return None
    return MARK if noted(hit, evidence.belongs_beside(hit)) else None


def cue_in_article(hit: Hit, article: Article) -> str | None:
    """A weak or quoted name marks when the article names the organization elsewhere, a weak one when it has a cue."""
    if not cued(hit, article):
        return None
    organization = hit.name.organization
    elsewhere = article.cued.get(organization) if article.cued else None
    hit.cue = whole(elsewhere) if elsewhere else article.cue_for(hit.name.number)
    if evidence.begins_word(hit) or (not elsewhere and evidence.begins_phrase(hit)):
        return ASK
    if hit.name.strength != "quoted" or evidence.is_quoted(hit) or evidence.is_inside_sentence(hit):
        return MARK
    if elsewhere and evidence.is_of_numerals(hit):
        return MARK
    if evidence.acts(hit) and not evidence.is_ordinary_here(hit, article):
        return MARK
    cue = hit.cue
    if kind_in_article(hit, article) == MARK:
        return MARK
    hit.cue = cue
    return ASK


def kind_in_article(hit: Hit, article: Article) -> str | None:
    """The article speaks of a body of this kind or of a status, and the way the name stands agrees with it."""
    if article.cued is None:
        return None
    if hit.name.abbreviation:  # which stands in the same list as a marked name, and means a body of its sort
        listed = listed_beside(hit) if hit.name.language == "en" else None
        return MARK if noted(hit, listed or neighbour_of_kind(hit)) else None
    status = evidence.status_in_article(hit, article)
    listed = listed_beside(hit)
    status = status or (status_of_list(hit) if listed else None)
    beside = evidence.belongs_beside(hit) if hit.name.strength == "quoted" else None
    neighbour = neighbour_of_kind(hit) if beside is None and evidence.is_quoted(hit) else None
    shape = evidence.is_quoted(hit) + evidence.is_inside_sentence(hit) + evidence.has_several_capitals(hit)
    if shape == 0 and not (status or listed or beside):  # as most that begin a sentence
        return _resumed(hit, article)
    kind = evidence.kind_in_article(hit, article)
    cue = beside or kind or status or listed or neighbour
    if cue is None or (shape == 0 and hit.passage.text[hit.start].islower()):
        return None
    speaks = sum(one is not None for one in (kind, status, listed, beside, neighbour))
    hit.cue = cue
    running = evidence.is_inside_sentence(hit) and listed is not None and is_item(hit, listed)
    if listed and hit.name.language == "en" and (running or is_whole_item(hit)):
        return MARK
    sure = evidence.is_quoted(hit) or evidence.has_several_capitals(hit)
    if speaks > 1 or (sure and speaks + shape > 1):
        return MARK
    named = status is not None and evidence.names_status(status) and evidence.acts(hit)
    return MARK if named and evidence.is_only_one(hit, article) else ASK


def _resumed(hit: Hit, article: Article) -> str | None:
    """Mark a name at the beginning that does what bodies do, when the article goes on with the word for it alone:
    `Луч оштрафовали. Телеканал не согласен`."""
    begins = hit.passage.text[hit.start].isupper() and evidence.acts(hit) and not evidence.is_body_noun(hit)
    if not begins or evidence.is_ordinary_here(hit, article):
        return None
    kind = evidence.kind_in_article(hit, article)
    if kind is None:
        return None
    hit.cue = kind
    return MARK if evidence.resumes(kind, hit) and evidence.is_acted_on(hit) else ASK


def several_capitals(hit: Hit, article: Article) -> str | None:
    """Several capitals speak for a name of several words, but do not decide; nothing where the article has the words
    in small letters, too."""
    if not evidence.has_several_capitals(hit):
        return None
    return NOT if article.cued is not None and evidence.is_ordinary_here(hit, article) else ASK


def in_quotes(hit: Hit, article: Article) -> str | None:
    """A quoted name of several words marks inside quotation marks, unless somebody's name behind says whose it is."""
    if not evidence.is_quoted(hit) or evidence.is_lone_word(hit):
        return None
    return None if noted(hit, owner_behind(hit)) else MARK


def ordinary_capital(hit: Hit, article: Article) -> str | None:
    """A capital at the beginning of a sentence, or in a line of capitals, is no sign of a name."""
    text = hit.passage.text
    if hit.name.abbreviation or fills_quotes(text, hit.start, hit.end) > hit.end:
        return None
    if hit.name.strength == "ask" and (
        noted(hit, noun_beside(hit) or evidence.status_beside(hit)) or cued(hit, article)
    ):
        return None
    plain = sentence_begins(text, hit.start) or in_capitals(text, hit.start, hit.end)
    return NOT if plain or text[hit.start].islower() else None


def part_of_phrase(hit: Hit, article: Article) -> str | None:
    """A single word within a longer capitalized phrase is part of that."""
    if article.cued is None or hit.name.abbreviation or evidence.is_quoted(hit):
        return None
    return NOT if evidence.in_longer_phrase(hit) else None


def quotes_alone(hit: Hit, article: Article) -> str | None:
    """Quotation marks alone do not decide what a dictionary word is."""
    return ASK if evidence.is_quoted(hit) else None


def ask_person(hit: Hit, article: Article) -> str | None:
    """An "ask" name is never marked without a person."""
    return ASK


def cued(hit: Hit, article: Article) -> bool:
    """Say whether the article has a cue; not before all hits were judged once without."""
    if article.cued is None:
        return False
    return hit.name.organization in article.cued or hit.name.number in article.cues


def _both_in_article(hit: Hit, article: Article) -> Cue | None:
    """Return a word for the kind of body when the article states a status too."""
    if article.cued is None or not evidence.status_in_article(hit, article):
        return None
    return evidence.kind_in_article(hit, article)


def whole(hit: Hit) -> Cue:
    return Cue(hit.passage.text[hit.start : hit.end], hit.passage, hit.start, hit.end)


def noted(hit: Hit, cue: Cue | None) -> bool:
    if cue is not None:
        hit.cue = cue
    return cue is not None
