"""The eligible runs of an HTML fragment: what markup becomes when it is folded, and where a mark may stand in it."""

from articles.footnotes.html.cuts import markup_cuts
from articles.footnotes.html.links import after_closing_tags, link_spans
from articles.footnotes.html.tags import LINE_TAG

__all__ = ["LINE_TAG", "after_closing_tags", "link_spans", "markup_cuts"]
