"""What is stored, and when it is visible."""

from .account import AccountChange, KnownDevice, Throttle
from .address import Address
from .article import Article, ArticleVersion, Byline
from .author import Author
from .backup import Backup
from .correction import Correction
from .edition import Edition, Mention, MentionDecision, ReadingForm
from .figure import EditionFigure
from .freeze import Freeze, HeldRelease, LiftVote
from .front import PLACE_KINDS, BreakingLine, FrontPage, FrontPlace, Spot
from .job import Batch, Heartbeat, JobRun, Outbox
from .keeper_list import KeeperLine, ListFile, ListLayout, ListRow
from .kept_post import KeptPost, PostUse
from .languages import CODES, LANGUAGES, in_language
from .page import Count, Page
from .passage_note import PassageNote, PassageNoteAnswer
from .photo import CameraFile, Photo, PhotoFile, PhotoUse
from .preview import PreviewToken
from .record import DayHead, Erasure, Event, LeftFile, PublicationRecord
from .register import Designation, Name, Organization, Register, RegisterVersion
from .register_import import RegisterImport
from .release import Release
from .rendition import Rendition
from .resource import Resource
from .rubrics import KINDS, Category, Region, Topic, split_key
from .search import Filing, SearchPlace, SearchWord
from .site import Site
from .slot import Presence, Slot
from .staff import StaffId
from .style_rule import StyleRule
from .trouble import Trouble
from .unclear import GateOverride, UnclearMention

__all__ = [
    "CODES",
    "KINDS",
    "LANGUAGES",
    "PLACE_KINDS",
    "AccountChange",
    "Address",
    "Article",
    "ArticleVersion",
    "Author",
    "Backup",
    "Batch",
    "BreakingLine",
    "Byline",
    "CameraFile",
    "Category",
    "Correction",
    "Count",
    "DayHead",
    "Designation",
    "Edition",
    "EditionFigure",
    "Erasure",
    "Event",
    "Filing",
    "Freeze",
    "FrontPage",
    "FrontPlace",
    "GateOverride",
    "Heartbeat",
    "HeldRelease",
    "JobRun",
    "KeeperLine",
    "KeptPost",
    "KnownDevice",
    "LeftFile",
    "LiftVote",
    "ListFile",
    "ListLayout",
    "ListRow",
    "Mention",
    "MentionDecision",
    "Name",
    "Organization",
    "Outbox",
    "Page",
    "PassageNote",
    "PassageNoteAnswer",
    "Photo",
    "PhotoFile",
    "PhotoUse",
    "PostUse",
    "Presence",
    "PreviewToken",
    "PublicationRecord",
    "ReadingForm",
    "Region",
    "Register",
    "RegisterImport",
    "RegisterVersion",
    "Release",
    "Rendition",
    "Resource",
    "SearchPlace",
    "SearchWord",
    "Site",
    "Slot",
    "Spot",
    "StaffId",
    "StyleRule",
    "Throttle",
    "Topic",
    "Trouble",
    "UnclearMention",
    "in_language",
    "split_key",
]
