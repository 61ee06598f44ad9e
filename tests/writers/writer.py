"""A person at an article: types, saves, answers what the desk asks, comes back after each interruption."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import lxml.html

from .server import PASSWORD, Server
from .tab import Away, Browser, Clock, Pairs, Tab, values

WORD = re.compile(r"\bz[a-c]\d+\b")  # a word that nobody types twice; its second letter is its writer's
SAFE = 3.0  # seconds after which nothing that was typed may be lost
FIELDS = ("headline", "summary")
MOST, SHORT = 250, 130  # characters that the desk takes of a headline, and beyond which nobody adds to it


@dataclass
class Log:
    """What has happened to all writers, and what was wrong."""

    kinds: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    figures: dict[str, int] = field(default_factory=dict)

    def count(self, name: str, number: int = 1) -> None:
        self.figures[name] = self.figures.get(name, 0) + number


class Writer:
    """`typed`: the words that are in no saved version yet, as far as the writer knows, and when they were typed."""

    def __init__(self, server: Server, clock: Clock, name: str, user: int, rng: random.Random, log: Log) -> None:
        self.server, self.clock, self.name, self.user, self.random, self.log = server, clock, name, user, rng, log
        self.numbers = iter(range(1, 10**9))
        self.tab: Tab | None = None
        self.typed: dict[str, float] = {}
        self.given_up: set[str] = set()
        self.new_computer()

    def new_computer(self) -> None:
        self.browser = Browser(self.server.port, self.name, PASSWORD, self.random)
        self.again(self.browser.log_in)

    def again(self, act: object, *arguments: object) -> object:
        """Do it until somebody answers, as a person would who tries again."""
        for _attempt in range(40):
            try:
                return act(*arguments)  # type: ignore[operator]
            except Away:
                self.clock.now += 2
                if not self.server.answers():
                    self.server.part.stop()
                    self.server.start()
        raise RuntimeError(f"nobody answers:\n{self.server.part.log.read_text()[-3000:]}")

    # Opening.

    def open(self, article: int | None) -> None:
        """Open the form, and go on with what was typed before, if anything is offered."""
        must = {word for word, at in self.typed.items() if at <= self.clock.now - SAFE}
        self.again(self._open, article)
        assert self.tab is not None
        held = " ".join(value for _name, value in self.tab.fields)
        lost = sorted(word for word in must if word not in held)
        if lost:
            self.log.problems.append(f"{self.name} at {self.clock.now:.1f}: lost {lost} of article {article}")
        self.given_up |= {word for word in self.typed if word not in held}
        self.tab.typed = self.typed = {word: at for word, at in self.typed.items() if word in held}

    def _open(self, article: int | None) -> None:
        tab = Tab(self.browser, self.clock, self.user, article, next(self.numbers))
        tab.client = f"{self.name}{self.random.getrandbits(60):x}"
        page = self.page(tab.path)
        tab.take(page)
        if tab.bring():
            page = self.page(tab.path)
        offers = offers_in(page)
        if offers:
            self.log.count("gone on with")
            _status, text, _path = self.browser.post(tab.path, [("_go_on", offers[0])])
            if 'id="article_form"' not in text and 'id="conflict-form"' not in text:
                raise Away  # it was saved meanwhile: the form is opened anew
            tab.client = f"{self.name}{self.random.getrandbits(60):x}"
            self.shown(tab, text)
        self.tab = tab

    def page(self, path: str) -> str:
        """Get a page, logging in first where it is asked for."""
        for _attempt in range(3):
            status, text, leads = self.browser.ask("GET", path)
            if status == 200:
                return text
            if "/login/" in leads:
                self.browser.log_in()
        raise Away

    # Typing.

    def type(self, *, shared: bool, body: str = "") -> None:
        """Type a word into a paragraph of one's own, into one that everybody writes in, or into a field.

        `body`: what the text is first.
        """
        assert self.tab is not None
        if body:
            self.tab.set("body", body)
        word = f"z{self.name[0]}{self.random.getrandbits(50)}"
        place = self.random.random()
        if place < 0.15 and max(len(self.tab.get(name)) for name in FIELDS) < SHORT:
            name = "headline" if shared else "summary" if self.name == "anna" else "headline"
            if not shared and self.name == "carl":
                name = "summary"
            self.tab.write(name, f"{self.tab.get(name)} {word}".strip(), word)
        else:
            self.tab.write("body", self.with_word(self.tab.get("body"), word, shared=shared, new=place > 0.9), word)
        self.typed[word] = self.clock.now
        self.log.count("words")

    def with_word(self, body: str, word: str, *, shared: bool, new: bool) -> str:
        owner = "all" if shared else self.name
        blocks = re.findall(r"<p>.*?</p>", body)
        mine = [number for number, block in enumerate(blocks) if block.startswith(f"<p>{owner}")]
        at = self.random.choice(mine)
        if new:
            blocks.insert(at + 1, f"<p>{owner}{self.random.getrandbits(40)}: {word}</p>")
        else:
            blocks[at] = blocks[at].replace("</p>", f" {word}</p>")
        return "".join(blocks)

    def pause(self, seconds: float) -> None:
        """Let time pass, as the script sees it."""
        end = self.clock.now + seconds
        while self.clock.now < end:
            self.clock.now += 0.4
            if self.tab is not None:
                self.tab.turn()

    # Saving.

    def save(self) -> bool:
        """Press Save until the article is stored; say whether it was, False where nobody has answered."""
        assert self.tab is not None
        article = self.tab.article
        try:
            for _attempt in range(12):
                self.log.count("forms sent")
                status, text, leads = self.tab.submit()
                status, text, leads = self.answered(status, text, leads)
                if status == 302:
                    self.saved(leads)
                    return True
                self.shown(self.tab, text)
        except Away:
            self.log.count("forms without an answer")
            if self.tab is not None and self.tab.trouble:
                return False  # the script has kept the form back: the page is still there
            self.open(article)
            return False
        self.log.problems.append(f"{self.name}: article {article} cannot be saved: {text_of(text)[:2000]}")
        return True

    def answered(self, status: int, text: str, leads: str) -> tuple[int, str, str]:
        """Give the password where a form has come too late."""
        for _attempt in range(3):
            if 'id="again"' not in text:
                break
            form = lxml.html.fromstring(text).get_element_by_id("again")
            pairs = [(name, value) for name, value in values(form) if name != "csrfmiddlewaretoken"]
            login = {"_username": self.name, "_password": PASSWORD}
            pairs = [(name, login.get(name, value)) for name, value in pairs]
            status, text, leads = self.browser.post(form.get("action"), pairs)
        return status, text, leads

    def saved(self, leads: str) -> None:
        assert self.tab is not None
        self.log.count("saves")
        found = re.search(r"/article/(\d+)/change/", leads)
        assert found, leads
        self.tab = None
        self.typed = {}
        self.open(int(found[1]))

    def shown(self, tab: Tab, text: str) -> None:
        """Take the form that is shown in place of a save, having answered what is asked."""
        extra: dict[str, list[str]] = {}
        for _attempt in range(8):
            if 'id="conflict-form"' not in text:
                break
            form = lxml.html.fromstring(text).get_element_by_id("conflict-form")
            pairs = [(name, value) for name, value in values(form) if name != "csrfmiddlewaretoken"]
            pairs += list(self.answers(form, extra))
            self.log.count("questions answered")
            status, text, leads = self.browser.post(form.get("action"), pairs)
            _status, text, _leads = self.answered(status, text, leads)
        if 'id="article_form"' not in text:
            raise Away
        if "Please correct" in text:
            self.log.problems.append(f"{self.name}: complaints in place of the form: {text_of(text)[:2000]}")
        self.log.count("put together", 'class="card together"' in text)
        tab.take(text)
        self.tidy(tab, extra)

    def answers(self, form: lxml.html.FormElement, extra: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
        """Answer each question; one that is asked though nobody else has written there is a false conflict."""
        for question in of_class(form, "question"):
            name = question.xpath(".//input[@type='radio']/@name")[0]
            _base, mine, theirs = (" ".join(side.itertext()) for side in of_class(question, "read-only-text"))
            unseen = [word for word in WORD.findall(theirs) if word not in mine]
            if not any(word[1] != self.name[0] for word in unseen):
                self.log.problems.append(f"{self.name}: false conflict at {name}: {mine!r} against {theirs!r}")
            if name.startswith("choice-body-"):
                yield name, "both"
            else:
                yield name, "mine"
                extra.setdefault(name.removeprefix("choice-"), []).extend(unseen)

    def tidy(self, tab: Tab, extra: dict[str, list[str]]) -> None:
        """Put right by hand what both have written: one paragraph out of two of one name, no word twice."""
        blocks: dict[str, list[str]] = {}
        for block in re.findall(r"<p>(.*?)</p>", tab.get("body")):
            name, _colon, words = block.partition(":")
            held = blocks.setdefault(name, [])
            held += [word for word in words.split() if word not in held]
        body = "".join(f"<p>{name}: {' '.join(words)}</p>" for name, words in blocks.items())
        if body != tab.get("body"):
            tab.set("body", body)
            tab.touch()
        for name, words in extra.items():
            missing = [word for word in words if word not in tab.get(name)]
            if missing and name in FIELDS:
                tab.set(name, " ".join([tab.get(name), *missing]).strip())
                tab.touch()
        while len(tab.get("headline")) > MOST:
            headline, _space, word = tab.get("headline").rpartition(" ")
            tab.set("headline", headline)
            tab.set("body", self.with_word(tab.get("body"), word, shared=False, new=False))
            tab.touch()

    def fields_of_new(self, category: str, number: int) -> Pairs:
        """Return what the form of a new article is given."""
        assert self.tab is not None
        owners = ("anna", "berta", "carl", "all")
        body = "".join(f"<p>{owner}{place}: begin</p>" for place in range(2) for owner in owners)
        given = {"headline": f"Article {number}", "category": category, "body": body, "slug": f"article-{number}"}
        return [(name, given.get(name, value)) for name, value in self.tab.fields]


def offers_in(page: str) -> list[str]:
    """Return the clients whose texts a page offers to go on with."""
    return re.findall(r'name="_go_on" value="([^"]+)"', page)


def of_class(page: lxml.html.HtmlElement, *names: str) -> list[lxml.html.HtmlElement]:
    """Return the elements beneath one whose class begins so."""
    return page.xpath(" | ".join(f".//*[contains(concat(' ', @class), ' {name}')]" for name in names))


def text_of(html: str) -> str:
    """Return what a page complains of, or the text of its content."""
    page = lxml.html.fromstring(html)
    found = of_class(page, "errornote", "errorlist", "text-red") or page.xpath("//main") or [page]
    return " ".join(" ".join(one.text_content() for one in found).split())
