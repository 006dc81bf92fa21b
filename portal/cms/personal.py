"""What Wagtail holds of a person: who owns, changed, translated and discussed pages, pictures, documents."""

from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.common.commits import after_commit
from portal.common.personal import Held, Person, Topic, deletes, forgets, keeps

HISTORY = _(
    "the history of a page shows which changes one account made; who it was, nobody can tell any more"
)


def erase_profiles(rows: QuerySet[Any], person: Person) -> None:
    """With the picture that somebody gave of themselves, once it is certain."""
    for profile in rows:
        if profile.avatar:
            after_commit(profile.avatar.storage.delete, profile.avatar.name)
    rows.delete()


def _picture(profile: Any) -> tuple[str, bytes] | None:
    if not profile.avatar:
        return None
    try:
        with profile.avatar.open() as file:
            return Path(profile.avatar.name).name, file.read()
    except OSError:
        return None


PERSONAL: tuple[Held, ...] = (
    forgets("wagtailcore.Page", Topic.PAGES, "owner", shown=("title", "first_published_at")),
    forgets("wagtailcore.Page", Topic.PAGES, "locked_by", shown=("title", "locked_at")),
    forgets(
        "wagtailcore.Revision", Topic.PAGES, "user", shown=("object_str", "created_at"), texts=("content",)
    ),
    keeps(
        "wagtailcore.PageLogEntry",
        Topic.PAGES,
        "user",
        shown=("label", "action", "timestamp"),
        texts=("data",),
        why=HISTORY,
        label=_("changes of pages"),
    ),
    keeps(
        "wagtailcore.ModelLogEntry",
        Topic.PAGES,
        "user",
        shown=("label", "action", "timestamp"),
        texts=("data",),
        why=HISTORY,
        label=_("changes of other content"),
    ),
    deletes("wagtailcore.Comment", Topic.PAGES, "user", shown=("text", "created_at")),
    forgets("wagtailcore.Comment", Topic.PAGES, "resolved_by", shown=("resolved_at",)),
    deletes("wagtailcore.CommentReply", Topic.PAGES, "user", shown=("text", "created_at")),
    deletes(
        "wagtailcore.PageSubscription",
        Topic.PAGES,
        "user",
        shown=("page",),
        label=_("pages of which you asked for mails"),
    ),
    deletes(
        "wagtailcore.APIToken",
        Topic.PAGES,
        "user",
        shown=("name", "created", "last_used_at"),
        label=_("keys for programs"),
    ),
    forgets(
        "wagtailcore.WorkflowState",
        Topic.PAGES,
        "requested_by",
        shown=("status", "created_at"),
        label=_("pages sent for approval"),
    ),
    forgets(
        "wagtailcore.TaskState",
        Topic.PAGES,
        "finished_by",
        shown=("status", "comment", "finished_at"),
        label=_("approvals of pages"),
    ),
    forgets("wagtailcore.UploadedFile", Topic.PAGES, "uploaded_by_user"),
    forgets("wagtaildocs.Document", Topic.PAGES, "uploaded_by_user", shown=("title", "created_at")),
    forgets("wagtailimages.Image", Topic.PAGES, "uploaded_by_user", shown=("title", "created_at")),
    deletes(
        "wagtailadmin.EditingSession",
        Topic.PAGES,
        "user",
        shown=("last_seen_at",),
        label=_("pages you have open"),
    ),
    deletes(
        "wagtailadmin.FormState",
        Topic.PAGES,
        "user",
        shown=("data", "last_updated_at"),
        label=_("pages you have not saved"),
    ),
    deletes(
        "wagtailusers.UserProfile",
        Topic.PAGES,
        "user",
        shown=("preferred_language", "current_time_zone", "theme"),
        texts=("avatar", "dismissibles"),
        erase=erase_profiles,
        content=_picture,
    ),
    forgets(
        "wagtail_localize.StringTranslation",
        Topic.PAGES,
        "last_translated_by",
        shown=("data", "updated_at"),
        label=_("translations of pages"),
    ),
    forgets(
        "wagtail_localize.SegmentOverride",
        Topic.PAGES,
        "last_translated_by",
        shown=("updated_at",),
        label=_("other choices for translated pages"),
    ),
)
