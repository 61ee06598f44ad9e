"""A writer in Chromium, interrupted for real: tab and browser killed, session ended, server killed, network cut,
asleep, others at the same article.

    python -m tests.writers.chromium [--seed N] [--interruptions 150] [--write PAGE]
"""

import argparse
import contextlib
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Playwright, expect, sync_playwright
from playwright.sync_api import Error as BrowserError

from tests.conftest import CHROMIUM
from tests.torture.parts import adopt_orphans, kill, processes

from .scenes import Scenes
from .server import PASSWORD, Server
from .told import sentence, write
from .writer import WORD, Log

KINDS = {"tab": 4, "browser": 2, "session": 3, "process": 2, "server_killed": 2, "network": 4, "sleep": 2, "writer": 3}
EDITOR = ".ProseMirror[contenteditable=true]"
# The caret behind the last word of Anna's first paragraph.
TO_THE_END = """selector => {
  const editor = document.querySelector(selector);
  editor.focus();
  const own = [...editor.querySelectorAll("p")].find(one => one.textContent.startsWith("anna0"));
  getSelection().selectAllChildren(own);
  getSelection().collapseToEnd();
}"""
SAFE = 3.0  # seconds
PATIENCE = 60_000  # milliseconds
ARGUMENTS = (
    "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update".split()
)


class Chrome:
    """Anna, in a browser with a profile of its own; the others come by the protocol."""

    def __init__(self, playwright: Playwright, server: Server, folder: Path, seed: int) -> None:
        self.playwright, self.server, self.profile = playwright, server, folder / "profile"
        self.random, self.log, self.scenes = random.Random(seed), Log(), Scenes(server, seed)
        self.typed: dict[str, float] = {}
        self.saved: set[str] = set()
        self.context: BrowserContext
        self.page: Page
        self.start()

    def start(self) -> None:
        """Start the browser; its profile is what it left there."""
        self.context = self.playwright.chromium.launch_persistent_context(
            str(self.profile), executable_path=CHROMIUM, args=ARGUMENTS, base_url=self.server.address, locale="en"
        )
        self.page = self.fresh_page()

    def fresh_page(self) -> Page:
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("dialog", lambda dialog: dialog.accept())
        return page

    def run(self, interruptions: int, tell: Callable[[str], None] = lambda text: None) -> Log:
        """Write and be interrupted so many times, at a new article now and then."""
        article = told = 0
        for number in range(interruptions):
            if number % 10 == 0:
                if article:
                    self.finish(article)
                article = self.begin()
            for _word in range(self.random.randint(2, 5)):
                self.type()
            kind = self.random.choices(list(KINDS), list(KINDS.values()))[0]
            self.log.kinds[kind] = self.log.kinds.get(kind, 0) + 1
            getattr(self, kind)(article)
            if self.random.random() < 0.25:
                self.save(article)
            tell(f"{number + 1} of {interruptions}: {kind}; {len(self.log.problems)} problems")
            for problem in self.log.problems[told:]:
                tell(problem)
            told = len(self.log.problems)
        self.finish(article)
        return self.log

    def begin(self) -> int:
        """Have an article to write at."""
        self.typed, self.saved = {}, set()
        scenes = self.scenes
        scenes.number += 1
        other = scenes.writers[1]
        other.typed, other.tab = {}, None
        other.open(None)
        assert other.tab is not None
        other.tab.fields = other.fields_of_new(scenes.category, scenes.number)
        other.tab.touch()
        while not other.save():
            pass
        assert other.tab is not None and other.tab.article is not None
        self.open(other.tab.article)
        return other.tab.article

    # What a person does.

    def open(self, article: int) -> None:
        """Open the form, log in where it is asked for, go on with what is offered."""
        for attempt in range(5):
            try:
                self.page.goto(f"/admin/articles/article/{article}/change/")
                if "/login/" in self.page.url:
                    self.page.fill("[name=username]", "anna")
                    self.page.fill("[name=password]", PASSWORD)
                    self.page.press("[name=password]", "Enter")
                self.ready()
                break
            except BrowserError:
                if attempt == 4:
                    raise
                if not self.server.answers():
                    self.server.part.stop()
                    self.server.start()
        # What the browser holds is brought to the server first.
        self.page.wait_for_function("async user => !(await copies.of(user)).length", arg=self.scenes.writers[0].user)
        go_on = self.page.locator(".offer button[name=_go_on]").first
        self.page.wait_for_timeout(300)
        if go_on.count():
            self.log.count("gone on with")
            with self.page.expect_navigation():
                go_on.click()
            self.put_together()

    def ready(self) -> None:
        self.page.wait_for_selector("body[data-typed]")
        self.page.wait_for_selector(EDITOR)

    def put_together(self) -> None:
        """Others write elsewhere: no question may come."""
        self.page.wait_for_selector("body[data-typed], #conflict-form")
        if self.page.locator("#conflict-form").count():
            self.log.problems.append(f"false conflict: {self.page.locator('#conflict-form').inner_text()}")
            for one in self.page.locator("#conflict-form [value=both]").all():
                one.check()
            self.page.locator("#conflict-form [type=submit]").click()
        self.ready()

    def type(self) -> None:
        word = f"za{self.random.getrandbits(50)}"
        self.log_in_place()
        self.page.evaluate(TO_THE_END, EDITOR)
        self.page.keyboard.type(f" {word}")
        self.typed[word] = time.monotonic()
        self.log.count("words")
        self.page.wait_for_timeout(self.random.uniform(50, 1500))

    def held(self) -> str:
        return self.page.locator(EDITOR).inner_text()

    def reopened(self, article: int, at: float) -> None:
        """Come back, and look for what was typed more than three seconds before."""
        must = {word for word, typed in self.typed.items() if typed <= at - SAFE}
        self.open(article)
        held = self.held()
        lost = sorted(word for word in must if word not in held)
        if lost:
            self.log.problems.append(f"lost {lost} of article {article}; there is: {held!r}")
        self.log.count("younger words gone", sum(word not in held for word in self.typed if word not in must))
        self.typed = {word: typed for word, typed in self.typed.items() if word in held}

    def safe(self) -> None:
        """Wait until the line says that the server has it; give the password where it is asked for.

        Of a form that was opened anew, and holds nothing that is not saved, it says nothing.
        """
        self.page.wait_for_timeout(1200)  # what was typed last is not looked at yet
        place = re.compile("^(server|)$") if set(self.typed) <= self.saved else "server"
        for _attempt in range(30):
            try:
                expect(self.page.locator("#typed")).to_have_attribute("data-place", place, timeout=5000)
                return
            except AssertionError:
                self.log_in_place()
        self.log.problems.append(f"never safe: {self.page.locator('#typed').inner_text()}")

    def log_in_place(self) -> None:
        """Give the password if the dialog asks for it."""
        while self.page.locator("dialog#relogin[open]").count():
            with contextlib.suppress(BrowserError):  # it may close by itself meanwhile
                self.page.fill("#relogin-password", PASSWORD, timeout=3000)
                self.page.keyboard.press("Enter")
                self.page.locator("dialog#relogin").wait_for(state="hidden", timeout=10_000)

    def nothing_lost(self, article: int) -> None:
        """What stands in the tab stays there, whatever happens around it."""
        lost = sorted(word for word in self.typed if word not in self.held())
        if lost:
            self.log.problems.append(f"lost {lost} of article {article} in the open tab")

    def save(self, article: int) -> None:
        for _attempt in range(5):
            self.safe()
            with self.page.expect_navigation():
                self.page.click("button[name=_save]")
            self.put_together()
            if self.page.get_by_text("The article is saved.").count():
                self.saved |= set(self.typed)
                self.log.count("saves")
                return
        self.log.problems.append(f"article {article} cannot be saved")

    def finish(self, article: int) -> None:
        self.save(article)
        text = str(self.server.rows("SELECT body FROM articles_article WHERE id = ?", article)[0][0])
        lost = sorted(word for word in self.typed if word not in text)
        found = WORD.findall(text)
        twice = sorted({word for word in found if found.count(word) > 1})
        if lost or twice:
            self.log.problems.append(f"article {article}: {lost} are not in it, {twice} stand in it twice: {text}")
        self.log.count("words found", len(self.typed))

    # What happens to them.

    def tab(self, article: int) -> None:
        """The tab's process is killed."""
        at, broken = time.monotonic(), self.page
        self.page = self.fresh_page()
        with contextlib.suppress(BrowserError):
            broken.goto("chrome://crash", timeout=2000)
        broken.close()
        self.reopened(article, at)

    def browser(self, article: int) -> None:
        """The browser is killed, all of it."""
        at = time.monotonic()
        for one in processes():
            if str(self.profile) in one.line:
                kill(one.pid)
        with contextlib.suppress(BrowserError):
            self.context.close()
        (self.profile / "SingletonLock").unlink(missing_ok=True)
        self.start()
        self.reopened(article, at)

    def session(self, article: int) -> None:
        self.context.clear_cookies(name="sessionid")
        self.type()
        self.safe()
        self.nothing_lost(article)

    def process(self, article: int) -> None:
        self.server.kill_process()
        self.type()
        self.safe()
        self.nothing_lost(article)

    def server_killed(self, article: int) -> None:
        self.server.kill()
        self.type()
        self.page.wait_for_timeout(self.random.uniform(500, 3000))
        if self.random.random() < 0.5:  # and the tab with it
            self.page.wait_for_timeout(SAFE * 1000)
            self.server.start()
            self.tab(article)
        else:
            self.server.start()
            self.safe()
            self.nothing_lost(article)

    def network(self, article: int) -> None:
        self.context.set_offline(True)
        self.type()
        self.page.wait_for_timeout(self.random.uniform(500, 3000))
        killed = self.random.random() < 0.5
        at = time.monotonic()
        if killed:
            self.page.close(run_before_unload=False)
        self.context.set_offline(False)
        if killed:
            self.page = self.fresh_page()
            self.reopened(article, at)
        else:
            self.safe()
            self.nothing_lost(article)

    def sleep(self, article: int) -> None:
        """The machine stands still, and wakes when the session is over."""
        wire = self.context.new_cdp_session(self.page)
        wire.send("Page.setWebLifecycleState", {"state": "frozen"})
        time.sleep(self.random.uniform(1, 4))
        if self.random.random() < 0.5:
            self.context.clear_cookies(name="sessionid")
        wire.send("Page.setWebLifecycleState", {"state": "active"})
        wire.detach()
        self.type()
        self.safe()
        self.nothing_lost(article)

    def writer(self, article: int) -> None:
        """Somebody else saves a paragraph of theirs."""
        other = self.random.choice(self.scenes.writers[1:])
        other.typed, other.tab = {}, None
        other.open(article)
        assert other.tab is not None
        word = f"z{other.name[0]}{self.random.getrandbits(50)}"
        other.tab.write("body", other.with_word(other.tab.get("body"), word, shared=False, new=False), word)
        while not other.save():
            pass
        self.log.problems += other.log.problems
        other.log.problems.clear()
        self.type()


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.writers.chromium")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--interruptions", type=int, default=150)
    parser.add_argument("--write", type=Path, default=None, help="the page that takes the result")
    told, _others = parser.parse_known_args()  # what the torture is told besides
    seed = told.seed if told.seed is not None else random.SystemRandom().randrange(1_000_000)
    adopt_orphans()
    began = time.monotonic()
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with tempfile.TemporaryDirectory(prefix="writers-", ignore_cleanup_errors=True) as folder:
        log = interrupted(
            Path(folder),
            seed,
            told.interruptions,
            lambda text: print(f"{time.monotonic() - began:6.1f} s  {text}", flush=True),
        )
    for problem in log.problems:
        print(f"  {problem}")
    said = sentence(log, seed, "tests.writers.chromium")
    if told.write:
        write(told.write, "tests.writers.chromium", said)
    print(f"\n{said}")
    sys.exit(bool(log.problems))


def interrupted(folder: Path, seed: int, number: int, tell: Callable[[str], None] = lambda text: None) -> Log:
    """Interrupt a writer so many times in a newsroom of its own, and return what came of it."""
    server = Server(folder / "newsroom", seed)
    try:
        with sync_playwright() as playwright:
            chrome = Chrome(playwright, server, folder, seed)
            try:
                return chrome.run(number, tell)
            finally:
                chrome.context.close()
    finally:
        server.stop()


if __name__ == "__main__":
    main()
