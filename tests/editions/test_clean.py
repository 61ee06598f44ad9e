"""Sanitized HTML: what an article may hold, and what pasted text becomes."""

import pytest

from articles.editions import clean_html, dead_links


@pytest.mark.parametrize(
    "html",
    [
        "<p>Plain <strong>bold</strong> and <em>italic</em>.</p>",
        '<p><a href="https://example.org/" rel="noopener">link</a></p>',
        "<h2>Head</h2><ul><li>one</li></ul><blockquote><p>said</p></blockquote>",
        "<p>5 &lt; 6 &amp; 7</p>",
        "",
    ],
)
def test_an_articles_html_stays(html: str) -> None:
    assert clean_html(html) == html


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<script>alert(1)</script><p>text</p>", "<p>text</p>"),
        ('<p onclick="x()" style="color:red" class="a">text</p>', "<p>text</p>"),
        ('<a href="javascript:x()">text</a>', "text"),
        (
            '<p><a href="" title="">one <em>two</em></a>, <a title="a > b">three</a></p>',
            "<p>one <em>two</em>, three</p>",
        ),
        ("<p>one<a></a> <abbr>two</abbr></p>", "<p>one two</p>"),
        ('<p><img src="x" onerror="alert(1)">text</p>', "<p>text</p>"),
        ("<svg><script>alert(1)</script></svg><p>text</p>", "<p>text</p>"),
        ("<p>open <b>bold", "<p>open <b>bold</b></p>"),
        ("<h1>Head</h1>", "<h2>Head</h2>"),
        ('<H1 class="x">Head</H1>', "<h2>Head</h2>"),
        ("<p>text</p><p> </p><p>&nbsp;</p><p><br></p>", "<p>text</p>"),
        ('<span style="x"><o:p>text</o:p></span>', "text"),
        ("<style>p{}</style><p>a\x00b</p>", "<p>ab</p>"),
        ("<!-- note --><p>text</p>", "<p>text</p>"),
        (
            '<p dir="rtl"><a href="https://example.org/" title="A name">text</a></p>',
            '<p dir="rtl"><a href="https://example.org/" rel="noopener">text</a></p>',
        ),
        ('<p dir="sideways">a</p><pre dir="auto">b</pre>', '<p>a</p><pre dir="auto">b</pre>'),
        ("<h5>Head</h5><h6>Foot</h6>", "<h2>Head</h2><h2>Foot</h2>"),
        ("<div>One</div><DIV class='x'>two</DIV>", "One  two"),
        ("<figure><figcaption>One</figcaption></figure>two", "One  two"),
        ("<dl><dt>One</dt><dd>two</dd></dl>", "One  two"),
        (
            "<table><colgroup><col></colgroup><tr><td>1</td></tr></table>",
            "<table><tbody><tr><td>1</td></tr></tbody></table>",
        ),
    ],
)
def test_pasted_html_is_cleaned_not_refused(html: str, clean: str) -> None:
    assert clean_html(html) == clean
    assert clean_html(clean) == clean


@pytest.mark.parametrize(
    "address", ["https://example.org/", "HTTP://example.org", "mailto:a@example.org", "/en/", "#top"]
)
def test_link_with_a_whole_address_is_not_dead(address: str) -> None:
    assert dead_links(f'<p><a href="{address}" title="x">text</a></p>') == []


@pytest.mark.parametrize(
    "address",
    [
        *("", " ", "example.org", "www.example.org/page", "../page"),
        *("https://", "https://two words.example/", "http://[::1", "https://port.example:99999999/"),  # no host
    ],
)
def test_link_that_leads_nowhere_is_dead(address: str) -> None:
    assert dead_links(f'<p><a href="{address}" rel="noopener">the <em>judge</em> &amp; she</a></p>') == [
        ("the judge & she", "")
    ]
