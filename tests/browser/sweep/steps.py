"""Pages of the desk that no address opens: answers to a mistake, a question between two pages, the login.

What is sent is Russian, as on a Russian page everything else has to be.
"""

from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Page

from articles.models import Article
from articles.publishing import keep_version

from .addresses import MESS


def go(page: Page, name: str, *args: int) -> None:
    page.goto(reverse(f"admin:{name}", args=args))


def send(page: Page, button: str = "button[name=_save]") -> None:
    """Send a form past what the browser itself would refuse."""
    page.evaluate("for (const one of document.forms) one.noValidate = true")
    with page.expect_navigation():
        page.click(button)


def article_with_mistakes(page: Page) -> None:
    go(page, "articles_article_add")
    page.wait_for_selector(".ProseMirror[contenteditable=true]")
    page.fill("#id_slug", "no address / at all")
    send(page)


def entry_with_mistakes(page: Page) -> None:
    go(page, "articles_organization_add")
    send(page)


def refused_word_file(page: Page) -> None:
    go(page, "articles_article_word")
    page.set_input_files("[type=file]", {"name": "notes.doc", "mimeType": "application/msword", "buffer": b"\xd0\xcf"})
    send(page, ".asking [type=submit], #content form [type=submit]")


def unknown_table(page: Page) -> None:
    """A keeper's table of no known layout is shown to be pointed at."""
    go(page, "articles_listfile_add")
    table = "Кто;Когда\nКруг пеликанов;05.03.2021\nОбщество крачки;06.03.2021\n".encode()
    page.set_input_files("[name=file]", {"name": "liste.csv", "mimeType": "text/csv", "buffer": table})
    page.locator("#content form [type=submit]").first.click()
    page.wait_for_selector("#drawing")


def conflict(page: Page) -> None:
    """Somebody saves another headline, each time a new one, while the form is open."""
    article = Article.objects.get(slug=MESS)
    go(page, "articles_article_change", article.pk)
    page.wait_for_selector(".ProseMirror[contenteditable=true]")
    user = article.created_by.user  # type: ignore[union-attr]
    Article.objects.filter(pk=article.pk).update(headline=f"Заголовок коллеги, версия {article.version}")
    article.refresh_from_db()
    keep_version(article, by=user, at=article.updated_at)
    page.fill("#id_headline", "Другой заголовок " + "из многих слов " * 8)
    send(page)
    page.wait_for_selector("#conflict-form")


def delete_some(page: Page) -> None:
    """The question before some rows of a list are deleted."""
    go(page, "articles_stylerule_changelist")
    page.check("#action-toggle")
    page.select_option("[name=action]", "delete_selected")
    with page.expect_navigation():
        page.locator("button[name=index]").first.click()


def refused_login(page: Page) -> None:
    """The last of all: it ends the session."""
    page.context.clear_cookies(name="sessionid")
    go(page, "login")
    page.fill("#id_username", "nobody")
    page.fill("#id_password", "nothing")
    send(page, "form [type=submit]")


STEPS: tuple[Callable[[Page], None], ...] = (
    article_with_mistakes,
    entry_with_mistakes,
    refused_word_file,
    unknown_table,
    delete_some,
    conflict,
    refused_login,
)
