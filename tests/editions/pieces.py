"""Fragments of HTML put together by chance from what people paste: tags where they may not stand, broken values."""

import random

BEGIN = (
    *("p", "p", "h2", "h4", "pre", "blockquote", "ul", "ol", "li", "li", "div", "section", "hr", "br", "dd", "center"),
    *("b", "i", "em", "strong", "u", "s", "code", "sub", "sup", "a", "span", "font"),
    *("table", "table", "thead", "tbody", "tfoot", "tr", "td", "td", "th", "caption", "col"),
)
ATTRIBUTES = (
    *('lang="bad_tag!!"', 'lang="ru"', "lang=EN-us", 'lang="en-UK"', 'lang="xx"', 'lang=""', 'lang="ru_RU"'),
    *('dir="rtl"', "dir=LTR", 'dir="up"', 'title="x"', 'style="font-weight:normal"'),
)
SPANS = (
    *('colspan="0"', 'colspan="x"', 'colspan="2"', "colspan=3", 'colspan="-1"', 'colspan="99999999"', "colspan='2.5'"),
    *('rowspan="2"', 'rowspan="0"', "rowspan=3", 'rowspan="70000"', 'rowspan=""'),
)
ADDRESSES = (
    *("https://example.org/a b", "https://example.org/?q=[a]|b", "/x#a#b", "/{x}?<y>", "https:example.org", "/50%"),
    *("http:\\\\example.org\\a", "mailto:a b@example.org", "tel:+7 900", " /a\n/b ", "", "javascript:x()", "//x y/"),
    *("https://[::1]/[a]", "https://two words.example/", "https://пример.example/ё ж", "#", "a:b", "/a\u00a0b"),
    *("http://desk:secret@example.org/", "https://a@b@example.org:80/x", "http:///example.org", "http://a..b/", "///x"),
    *("https://example.org?x?y/[", "HTTP://Example.org/A|B", "tel:", "/a\u0085b", "//example.org/a", "#a b"),
)
WORDS = ("x", "words and words", " ", "\n", "&nbsp;", "<br>", "a &lt; b &amp; c", "\n\nx")


def fragment(chance: random.Random, length: int) -> str:
    """Return so many pieces in a row; ends of elements come as often as not."""
    out, begun = [], ["p"]
    for _ in range(length):
        kind = chance.random()
        if kind < 0.35:
            out.append(chance.choice(WORDS))
        elif kind < 0.6:
            out.append(f"</{begun.pop(chance.randrange(len(begun))) if begun else 'p'}>")
        else:
            name = chance.choice(BEGIN)
            begun.append(name)
            values = [chance.choice(ATTRIBUTES) for _ in range(chance.randrange(3) // 2 + (chance.random() < 0.2))]
            if name in ("td", "th"):
                values += chance.sample(SPANS, chance.randrange(3))
            if name == "a":
                values.append(f'href="{chance.choice(ADDRESSES)}"')
            out.append(f"<{' '.join([name, *values])}>")
    return "".join(out)


def table(chance: random.Random) -> str:
    """Return a table whose cells stretch by chance."""
    rows = []
    for _ in range(chance.randint(1, 5)):
        cells = (
            f"<td {' '.join(chance.sample(SPANS, chance.randrange(3)))}>{chance.choice('xy')}"
            for _ in range(chance.randrange(5))
        )
        rows.append(chance.choice(("<tr>", "<tr>", "<tbody><tr>", "<thead><tr>")) + "".join(cells))
    return f"<table>{''.join(rows)}</table>"
