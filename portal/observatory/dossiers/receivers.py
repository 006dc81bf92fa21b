"""What others tell dossiers: the index of changes, accounts of confirmed addresses and of deletions."""

from collections.abc import Sequence

from allauth.account.models import EmailAddress
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from portal.accounts.models import User
from portal.observatory.dossiers import sharing, upkeep
from search.engines.documents import IndexDocument
from search.index.signals import documents_indexed


def connect() -> None:
    """Called once when the app is ready."""
    documents_indexed.connect(_documents_absent, dispatch_uid="dossiers_absent")
    documents_indexed.connect(_documents_changed, dispatch_uid="dossiers_changed")
    post_save.connect(_address_saved, sender=EmailAddress, dispatch_uid="dossiers")
    post_delete.connect(_account_deleted, sender=User, dispatch_uid="dossiers")


def _documents_absent(absent: Sequence[str], **kwargs: object) -> None:
    """A receiver of its own: emptying must not be undone when something else fails."""
    upkeep.empty_withdrawn(absent, now=timezone.now())


def _documents_changed(documents: Sequence[IndexDocument], **kwargs: object) -> None:
    upkeep.mark_changed(documents, now=timezone.now())


def _address_saved(instance: EmailAddress, **kwargs: object) -> None:
    if instance.verified:
        sharing.let_in(user_id=instance.user_id, email=instance.email, now=timezone.now())


def _account_deleted(**kwargs: object) -> None:
    sharing.inherit(now=timezone.now())
