"""What is looked at on every page: axe, a phone's width, words nobody has translated, the focus, what keys reach."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from django.apps import apps
from django.contrib.auth.models import User
from django.db.models import CharField, JSONField, TextField
from playwright.sync_api import Page

WIDTHS = {"wide": (1280, 900), "phone": (390, 844)}
READY = """() => document.readyState === 'complete'
  && (document.body.dataset.named || !document.querySelector('script[src*="articles/admin.js"]'))
  && (document.querySelector('.prose-menubar [aria-label]')
    || !document.querySelector('[data-django-prose-editor-configurable]'))
  && !document.querySelector('#counting, #counted, .htmx-request')"""

# Words that stand on the page, each with where: of text that is seen, of titles, labels, placeholders, alternatives.
WORDS = """() => {
  const found = [], hidden = 'script, style, noscript, code, pre, .prose-editor .ProseMirror, iframe, svg, [lang=en]';
  const where = (one) => one.tagName.toLowerCase() + (one.id ? '#' + one.id : '')
    + (one.className && one.className.split ? '.' + one.className.split(' ')[0] : '');
  const icon = (one) => getComputedStyle(one).fontFamily.includes('Material');
  const seen = (one) => one.checkVisibility({visibilityProperty: true}) && !one.closest(hidden) && !icon(one);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    if (node.data.trim() && seen(node.parentElement)) found.push([node.data, where(node.parentElement)]);
  }
  for (const name of ['title', 'aria-label', 'placeholder', 'alt', 'data-label']) {
    for (const one of document.querySelectorAll(`[${name}]`)) {
      if (seen(one)) found.push([one.getAttribute(name), where(one) + '@' + name]);
    }
  }
  found.push([document.title, 'title']);
  return found;
}"""

# What takes the focus and does not show it, and what a mouse can press and a key cannot.
KEYS = """() => {
  const faults = [], name = (one) => one.outerHTML.replace(/\\s+/g, ' ').slice(0, 160);
  const seen = (one) => one.checkVisibility({visibilityProperty: true, opacityProperty: true});
  const still = new CSSStyleSheet();
  still.replaceSync('*, ::before, ::after { transition: none !important; animation: none !important; }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, still];
  const around = (one) => {
    const over = [one.parentElement, one.parentElement?.parentElement, one.parentElement?.parentElement?.parentElement];
    return [one, ...over, one.closest('.select2-selection'), one.nextElementSibling, ...(one.labels || [])]
      .filter((box) => box && !box.matches('body, main, form'));
  };
  const looks = (one) => around(one).map((box) => {
    const style = getComputedStyle(box);
    const outline = style.outlineStyle === 'none' || style.outlineWidth === '0px' ? '' : style.outline;
    return [outline, style.boxShadow, style.borderColor, style.backgroundColor, style.textDecorationLine,
      style.opacity, style.clipPath, style.height].join('|');
  }).join('/');
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex], iframe')]
    .filter((one) => one.tabIndex >= 0 && !one.disabled && one.type !== 'hidden' && seen(one));
  const kinds = new Map();
  for (const one of all) {
    const kind = one.tagName + one.className + one.type;
    if ((kinds.get(kind) || 0) >= 2 || one.tagName === 'IFRAME') continue;
    kinds.set(kind, (kinds.get(kind) || 0) + 1);
    document.activeElement.blur();
    const before = looks(one);
    one.focus({preventScroll: true, focusVisible: true});
    if (document.activeElement !== one) continue;
    if (looks(one) === before) faults.push('no visible focus: ' + name(one));
  }
  document.activeElement.blur();
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== still);
  for (const one of document.querySelectorAll('[onclick], [\\\\@click], [x-on\\\\:click], [hx-post], [hx-get]')) {
    const own = one.matches('a[href], button, input, select, textarea, summary, form, [tabindex]');
    const waits = /load|revealed|every|from:|change|input/.test(one.getAttribute('hx-trigger') || '');
    if (!own && !waits && seen(one) && !one.querySelector('a[href], button, input')) {
      faults.push('pressed with a mouse only: ' + name(one));
    }
  }
  return faults;
}"""

LATIN = re.compile(r"[A-Za-z]{3,}")
CYRILLIC = re.compile(r"[А-Яа-яЁё]")
# What is called so in every language, and what browsers and the newsroom's data have.
SAME = re.compile(
    r"https?://\S*|\S+@\S+|[\w./-]+\.(?:\w{2,5})\b|[a-z]+(?:[-_+][\w-]+)+|\b[0-9a-f]{8,}\b|"
    r"\b(?:JSON|CSV|XLSX|ODS|HTML|XML|DOCX|SHA|UTF|MSK|TLT|MB|JPEG|PNG|WebP|OpenSanctions|Word|RSS|IPTC|Europe|Istanbul|"
    r"English|ID|URL|Ctrl|Alt|Shift|Enter|Escape|Esc|Tab|Delete|Google|Docs|LibreOffice|Telegram|VK|Facebook|PBKDF2|Adobe|CC0|"
    r"sweep|Chromium|medtop|Demo [a-z ]+)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Combination:
    width: str
    scheme: Literal["light", "dark"]
    language: str

    def __str__(self) -> str:
        return f"{self.width}-{self.scheme}-{self.language}"


def look(page: Page, combination: Combination, data: str) -> list[str]:
    """Return what is wrong with the page as it stands. `data`: all that the newsroom has written."""
    page.wait_for_function(READY)
    page.keyboard.press("Shift")  # from now on the focus is one of the keyboard
    faults = [*serious(page), *page.evaluate(KEYS)]
    if combination.width == "phone":
        width = page.evaluate("document.documentElement.scrollWidth")
        faults += [f"{width} pixels wide"] if width > WIDTHS["phone"][0] else []
    if combination.language == "ru":
        faults += untranslated(page.evaluate(WORDS), data)
    return faults


def serious(page: Page) -> list[str]:
    """Return what axe finds of the weight "serious" or "critical"."""
    found = Axe().run(page)
    return [
        f"axe {one['impact']} {one['id']}: {node['html'][:200]} {' '.join(node['failureSummary'].split())[:240]}"
        for one in found.response["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"][:3]
    ]


def untranslated(words: Iterable[tuple[str, str]], data: str) -> list[str]:
    """Return texts of a Russian page that are English, unless the newsroom's own data has them."""
    faults = {}
    for text, where in words:
        plain = " ".join(text.split())
        left = SAME.sub("", plain)
        if LATIN.search(left) and not CYRILLIC.search(left) and folded(plain) not in data and folded(left) not in data:
            faults[plain] = f"not translated: {plain[:100]!r} ({where})"
    return list(faults.values())


def folded(text: str) -> str:
    return " ".join(text.replace(",", " ").split()).lower().strip(" …:.()“”«»*")


def written() -> str:
    """Return all texts of the newsroom's rows, but for codes that a choice stands for."""
    texts = []
    for model in [User, *apps.get_app_config("articles").get_models()]:
        for field in columns(model):
            texts += [folded(str(value)) for value in model._default_manager.values_list(field, flat=True) if value]
    return "\n".join(texts)


@cache
def columns(model: Any) -> list[str]:
    kinds = (CharField, TextField, JSONField)
    return [one.name for one in model._meta.concrete_fields if isinstance(one, kinds) and not one.choices]
