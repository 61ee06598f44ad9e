"""The acts of publishing as buttons: who sees which when, what it asks, which use case it calls."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from articles import publishing
from articles.editions import Checked, is_retracted
from articles.models import Article
from articles.publishing.roles import may_edit, may_write, staff_id

from .act_forms import ActForm, PublishForm, RetractForm, ScheduleForm, ShareForm, WithdrawForm, checked
from .gate import Gate, OverrideForm, RequestForm, gate_of


@dataclass(frozen=True)
class Standing:
    """Where an article stands at a moment, as `user` finds it: what readers see now or later, what is open."""

    article: Article
    at: datetime
    user: User

    @cached_property
    def checked(self) -> Checked | None:
        return checked(self.article, self.at)

    @cached_property
    def gate(self) -> Gate:
        return gate_of(self.article, self.user, self.at, self.checked)

    @property
    def may_release(self) -> bool:
        """Say whether the user may make the article public: what was withdrawn, only who may withdraw."""
        withdrawn = publishing.status(self.article, self.at) == "withdrawn"
        return not withdrawn or self.user.has_perm("articles.withdraw_article")

    @property
    def live(self) -> Any:
        return publishing.live_release(self.article, self.at)

    @property
    def scheduled(self) -> Any:
        release = publishing.open_release(self.article)
        return release if release is not None and release.live_at > self.at else None


@dataclass(frozen=True)
class Act:
    """`asks`: the form shown before it is done; None: done at the click. `tone`: primary, default or danger.
    `rebuilds`: whether pages are stored anew by it. `asks_again`: whether its form asks, once a while, who one is.
    `ends`: whether nothing is left of the article."""

    name: str
    label: Any
    permission: str
    offered: Callable[[Standing], bool]
    run: Callable[..., Any]
    done: Any
    asks: type[ActForm] | None = None
    says: Any = ""
    icon: str = ""
    tone: str = "default"
    rebuilds: bool = False
    asks_again: bool = False
    ends: bool = False


ACTS = {
    act.name: act
    for act in (
        Act(
            "submit",
            _("Submit for review"),
            "submit_article",
            lambda standing: standing.article.state == "draft",
            publishing.submit,
            _("The article waits for review."),
            icon="rate_review",
        ),
        Act(
            "approve",
            _("Approve"),
            "approve_article",
            lambda standing: standing.article.state in ("draft", "in_review"),
            publishing.approve,
            _("The article is approved."),
            icon="check",
        ),
        Act(
            "return",
            _("Return to draft"),
            "approve_article",
            lambda standing: standing.article.state in ("in_review", "approved"),
            publishing.return_to_draft,
            _("The article is a draft again."),
            icon="undo",
        ),
        Act(
            "publish",
            _("Publish now"),
            "publish_article",
            lambda standing: standing.live is None and standing.may_release,
            publishing.publish,
            _("The article is published."),
            asks=PublishForm,
            says=_("Readers see the article as soon as you confirm."),
            icon="publish",
            tone="primary",
            rebuilds=True,
            asks_again=True,
        ),
        Act(
            "correct",
            _("Publish the changes"),
            "publish_article",
            lambda standing: standing.live is not None,
            publishing.publish,
            _("The changes are published."),
            asks=PublishForm,
            says=_("The working copy replaces what readers see now."),
            icon="published_with_changes",
            tone="primary",
            rebuilds=True,
            asks_again=True,
        ),
        Act(
            "schedule",
            _("Schedule"),
            "publish_article",
            lambda standing: standing.may_release,
            publishing.schedule,
            _("The article is scheduled."),
            asks=ScheduleForm,
            says=_("The marks are set by the state of the registers at that moment. An earlier schedule is replaced."),
            icon="schedule",
            rebuilds=True,
            asks_again=True,
        ),
        Act(
            "request",
            _("Ask for an override"),
            "publish_article",
            lambda standing: bool(standing.gate.open) and standing.gate.override is None and not standing.gate.is_own,
            publishing.ask_override,
            _("The managing editors have been asked by mail."),
            asks=RequestForm,
            says=_("The managing editors get a mail with what is open and your words."),
            icon="mail",
        ),
        Act(
            "override",
            _("Override the gate"),
            "override_gate",
            lambda standing: bool(standing.gate.open) and not standing.gate.is_own,
            publishing.override_gate,
            _("The gate is open for this text: somebody else may publish it now."),
            asks=OverrideForm,
            says=_("You let the article out with these questions open. Another person must publish it."),
            icon="lock_open",
            asks_again=True,
        ),
        Act(
            "cancel",
            _("Cancel the schedule"),
            "publish_article",
            lambda standing: standing.scheduled is not None,
            publishing.cancel,
            _("The schedule is cancelled."),
            asks=ActForm,
            says=_("The article will not go live at that time. What readers see now stays as it is."),
            icon="event_busy",
            rebuilds=True,
        ),
        Act(
            "share",
            _("Make a preview link"),
            "change_article",
            lambda standing: standing.may_release,
            publishing.make_link,
            "",
            asks=ShareForm,
            says=_("Anyone who has the link can read the article for seven days, without logging in."),
            icon="link",
        ),
        Act(
            "copy",
            _("Copy as new"),
            "add_article",
            lambda standing: True,
            publishing.copy_as_new,
            _("This is the copy: a new draft, without address part, dates, origin and answers."),
            says=_("A new draft begins with the saved texts, rubrics, photo and authors of this article."),
            icon="content_copy",
        ),
        Act(
            "bin",
            _("Put in the bin"),
            "change_article",
            lambda standing: publishing.may_be_binned(standing.article),
            publishing.put_in_bin,
            _("The draft is in the bin. “Take it out of the bin” beside it brings it back as it was."),
            says=_("The draft leaves all lists. It can be taken out again until the bin is emptied."),
            icon="delete",
        ),
        Act(
            "unbin",
            _("Take it out of the bin"),
            "change_article",
            lambda standing: standing.article.binned_at is not None,
            publishing.take_from_bin,
            _("The draft is back as it was."),
            says=_("The draft stands in the lists again, as it was."),
            icon="restore_from_trash",
            tone="primary",
        ),
        Act(
            "ask_erase",
            _("Ask for its erasure"),
            "change_article",
            lambda standing: publishing.may_ask_erasure(standing.article, standing.user),
            publishing.ask_erasure,
            _("Another editor can erase the draft now."),
            asks=ActForm,
            says=_("Two people erase a draft: you ask, and another editor finds “Erase for good” beside it."),
            icon="group",
        ),
        Act(
            "erase",
            _("Erase for good"),
            "change_article",
            lambda standing: publishing.may_erase_draft(standing.article, standing.user),
            publishing.erase_draft,
            _("The draft is erased."),
            asks=ActForm,
            says=_(
                "The draft goes at once, with its versions, notes, what was typed of it, and photos that stand nowhere "
                "else. Nobody can bring it back."
            ),
            icon="delete_forever",
            tone="danger",
            asks_again=True,
            ends=True,
        ),
        Act(
            "retract",
            _("Retract"),
            "publish_article",
            lambda standing: standing.live is not None and not is_retracted(standing.live.edition.corrections),
            publishing.retract,
            _("The article is retracted."),
            asks=RetractForm,
            says=_("The article stays at its address, with your reason at its head."),
            icon="assignment_return",
            tone="danger",
            rebuilds=True,
            asks_again=True,
        ),
        Act(
            "withdraw",
            _("Withdraw"),
            "withdraw_article",
            lambda standing: standing.live is not None,
            publishing.withdraw,
            _("The article is withdrawn: its address answers “gone”."),
            asks=WithdrawForm,
            says=_("Readers can no longer see the article anywhere; its address answers “gone”."),
            icon="block",
            tone="danger",
            rebuilds=True,
            asks_again=True,
        ),
    )
}


def offered(standing: Standing) -> list[Act]:
    """Return the acts that the user may do with the article now."""
    in_bin = [ACTS[name] for name in ("unbin", "ask_erase", "erase")]
    acts = in_bin if standing.article.binned_at else list(ACTS.values())
    return [act for act in acts if may(act, standing.article, standing.user) and act.offered(standing)]


def may(act: Act, article: Article, user: User) -> bool:
    """Say whether the button is shown; the use case asks again."""
    if not user.has_perm(f"articles.{act.permission}"):
        return False
    if act.name in ("share", "bin"):
        return may_edit(user, article)
    if act.name in ("unbin", "ask_erase", "erase"):
        return may_write(user, article)
    if act.name != "submit" or user.has_perm("articles.approve_article"):
        return True
    return article.created_by == staff_id(user)
