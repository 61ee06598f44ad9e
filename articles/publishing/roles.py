"""The five roles and what each may do; groups carry them, use cases ask for them."""

from typing import Any

from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from ..models import Article, StaffId
from .frozen import refuse_frozen_act

WRITING = """
    view_article add_article change_article submit_article view_articleversion add_byline change_byline
    delete_byline view_byline view_photo add_photo change_photo view_category view_region view_topic view_author
    view_correction view_release view_edition view_register view_organization view_name view_designation
    view_resource view_stylerule view_passagenote add_passagenote view_keptpost add_keptpost change_keptpost
""".split()
EDITING = """
    approve_article publish_article answer_mention add_author change_author add_category change_category
    add_region change_region add_topic change_topic view_page change_page view_jobrun change_jobrun view_outbox
    view_trouble change_outbox view_event view_publicationrecord add_stylerule change_stylerule delete_stylerule
    delete_photo delete_keptpost view_frontpage change_frontpage
""".split()
LEGAL = """
    view_article view_photo view_category view_region view_topic view_author view_correction view_release
    view_edition view_byline withdraw_article answer_mention view_event view_publicationrecord view_page
    view_jobrun view_registerversion view_register add_register change_register view_organization
    add_organization change_organization delete_organization view_name add_name change_name delete_name
    view_designation add_designation change_designation delete_designation view_resource add_resource
    change_resource delete_resource add_erasure
    view_batch view_registerimport view_listfile view_listlayout view_passagenote add_passagenote
    audit_event view_freeze add_freeze change_freeze view_keptpost
""".split()
ADMINISTRATION = """
    view_site change_site add_site view_user add_user change_user view_group view_page change_page view_jobrun
    view_trouble change_jobrun view_outbox change_outbox view_event view_article view_publicationrecord
    view_registerversion view_organization view_name view_designation view_register view_category view_region
    view_topic view_author view_byline view_photo view_resource delete_staffid audit_event view_freeze add_freeze
    change_freeze view_accountchange add_accountchange
""".split()

ROLES: dict[str, frozenset[str]] = {
    "Reporter": frozenset(WRITING),
    "Editor": frozenset([*WRITING, *EDITING]),
    "Legal": frozenset(LEGAL),
    "Managing editor": frozenset([*WRITING, *EDITING, *LEGAL, "override_gate"]),
    "Administrator": frozenset(ADMINISTRATION),
}


def create_roles(**kwargs: Any) -> None:
    """Give each role's group exactly the permissions of the table; connected to `post_migrate`."""
    permissions = {
        permission.codename: permission
        for permission in Permission.objects.filter(content_type__app_label__in=("articles", "auth"))
    }
    for role, codenames in ROLES.items():
        group, _created = Group.objects.get_or_create(name=role)
        group.permissions.set([permissions[codename] for codename in codenames if codename in permissions])


def require(user: User | AnonymousUser, codename: str) -> None:
    """Raise PermissionDenied unless the user holds the permission of `articles`, such as "publish_article"; Frozen
    while its use stands still, for whoever it is."""
    require_role(user, codename)
    refuse_frozen_act(codename)


def require_role(user: User | AnonymousUser, codename: str) -> None:
    """Raise PermissionDenied unless the user holds the permission; a freeze is the caller's business."""
    if not (user.is_active and user.has_perm(f"articles.{codename}")):
        raise PermissionDenied(_("Your role does not allow this."))


def may_edit(user: User, article: Article) -> bool:
    """Say whether the user may change the working copy now: nobody while it lies in the bin."""
    return article.binned_at is None and may_write(user, article)


def may_write(user: User, article: Article) -> bool:
    """Say whether the working copy is the user's to change: a reporter's only drafts they began."""
    if not user.has_perm("articles.change_article"):
        return False
    if user.has_perm("articles.approve_article"):
        return True
    return article.state == "draft" and article.created_by == staff_id(user)


def staff_id(user: User) -> StaffId:
    """Return the user's pseudonym, made at the first act."""
    return StaffId.objects.get_or_create(user=user)[0]
