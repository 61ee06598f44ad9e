"""The kinds of stored pages. A new one is a class in a file here, its line in `KINDS`, and its builder in `reader`.

Who asks what a page is, which pages there are, or what touches them, asks each kind in turn.
"""

from .archive import ArchivePages
from .article import ArticlePages
from .base import PageKind, Recounted
from .corrections import CorrectionsPages
from .corrections_feed import CorrectionsFeedPages
from .day import DayPages
from .feed import FeedPages
from .front import FrontPages
from .media import MediaPages
from .month import MonthPages
from .news import NewsPages
from .rubric import RubricPages
from .rubric_month import RubricMonthPages
from .sitemap import SitemapPages
from .year import YearPages

# An address is held against them in this order: what there are most of comes early.
KINDS: tuple[PageKind, ...] = (
    FrontPages(),
    NewsPages(),
    ArticlePages(),
    ArchivePages(),
    YearPages(),
    MonthPages(),
    DayPages(),
    RubricMonthPages(),
    RubricPages(),
    FeedPages(),
    CorrectionsPages(),
    CorrectionsFeedPages(),
    SitemapPages(),
    MediaPages(),
)

LABELS = {kind.name: kind.label for kind in KINDS}  # of `Page.kind`, at the desk

__all__ = ["KINDS", "LABELS", "PageKind", "Recounted"]
