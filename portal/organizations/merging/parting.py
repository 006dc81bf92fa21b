"""Takes a merge back from its journal: every row that stands where merging put it; `domain` calls it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ForeignKey

from portal.common.actors import Actor
from portal.common.declarations import declared
from portal.common.journal import Entry, Image, image_now, model_of, row_of, stands, take_back
from portal.organizations.directory import distinct
from portal.organizations.models import Merge, Organization
from portal.organizations.projection import project
from portal.organizations.queries import waiting_change
from portal.organizations.states import IN_LEDGER
from portal.publication.domain import publish
from portal.publication.enums import RecordKind
from portal.publication.figures import note_change
from portal.publication.models import Record
from portal.publication.signals import record_changed

LEDGER = "publication."
PUBLIC = "published"


def take_apart(merge: Merge, *, actor: Actor, now: datetime) -> Counter[str]:
    """Rows first, then public records: as they were, or anew where they have changed since.

    Gives by table how many rows could not be put back: removed since, or moved elsewhere.
    """
    own = [entry for entry in merge.journal if not entry["model"].startswith(LEDGER)]
    public = [entry for entry in merge.journal if entry["model"].startswith(LEDGER)]
    touched = _touched(public)
    left = _put_back(own)
    _forget_names(merge)
    take_back([entry for entry in public if _record_of(entry) not in touched])
    _tell_untouched({_record_of(entry) for entry in public} - touched)
    for record in Record.objects.filter(pk__in=touched).order_by("pk"):
        _publish_anew(record, actor, now)
    note_change()
    return left


def _put_back(entries: Sequence[Entry]) -> Counter[str]:
    """What merging had removed is made again where all that it belongs to is still there."""
    current, left = image_now(entries), Counter[str]()
    lost = [entry for entry in entries if entry["after"] is not None and not _is_there(entry, current)]
    removed = [entry for entry in entries if entry["after"] is None]
    kept_out = {row_of(entry) for entry in (*lost, *removed)}
    take_back([entry for entry in entries if row_of(entry) not in kept_out])
    missed = [entry for entry in lost if _has_moved(entry)]
    missed += [entry for entry in removed if not _made_again(entry)]
    left.update(entry["model"] for entry in missed)
    return left


def _has_moved(entry: Entry) -> bool:
    """From one organization to the other; a row that only changed beside has nowhere to go back to."""
    return any(name in entry["after"] for name in _keys(entry))


def _is_there(entry: Entry, current: Image) -> bool:
    """The row exists, and leads where merging made it lead."""
    row, after = current.get(row_of(entry)), entry["after"]
    if row is None:
        return False
    return all(row[name] == after[name] for name in _keys(entry) if name in after)


def _made_again(entry: Entry) -> bool:
    model, before = model_of(entry), entry["before"]
    for name, field in _foreign_keys(entry):
        target = before.get(name)
        related: Any = field.related_model
        if target is not None and not related._default_manager.filter(pk=target).exists():
            return False
    try:
        with transaction.atomic():
            take_back([entry])
    except IntegrityError:
        return False
    return model._default_manager.filter(pk=entry["pk"]).exists()


def _keys(entry: Entry) -> list[str]:
    """The columns by which it belongs to an organization or its record."""
    targets = (Organization, Record)
    return [name for name, field in _foreign_keys(entry) if field.related_model in targets]


def _foreign_keys(entry: Entry) -> Iterator[tuple[str, ForeignKey[Any, Any]]]:
    for field in model_of(entry)._meta.fields:
        if isinstance(field, ForeignKey):
            yield field.name, field


def _forget_names(merge: Merge) -> None:
    """The names that it had got, where its other names have been changed since or are to be."""
    kept = Organization.objects.get(pk=merge.kept_id)
    keep_in_change(kept, without=merge.names)
    names = [name for name in kept.aliases if name not in merge.names]
    if names != kept.aliases:
        kept.aliases = names
        kept.alias_years = {name: kept.alias_years[name] for name in names if name in kept.alias_years}
        keep_as_submitted(kept)
        kept.save()


def keep_as_submitted(organization: Organization) -> None:
    """Other names that the secretariat gives or takes are no change that its members have to send."""
    if organization.submitted_profile:
        names = {"aliases": organization.aliases, "alias_years": organization.alias_years}
        organization.submitted_profile = {**organization.submitted_profile, **names}


def keep_in_change(
    organization: Organization,
    *,
    names: Sequence[str] = (),
    years: Mapping[str, Sequence[str]] | None = None,
    without: Collection[str] = (),
) -> None:
    """Nor does a change that waits take them away, or bring them back. One query, and one where it does."""
    change = waiting_change(organization)
    if change is None or "aliases" not in change.profile:
        return
    wanted = [name for name in change.profile["aliases"] if name not in without]
    all_years = {**change.profile.get("alias_years", {}), **(years or {})}
    aliases = list(distinct([*wanted, *names], organization.name))
    told = {name: all_years[name] for name in aliases if name in all_years}
    change.profile = {**change.profile, "aliases": aliases, "alias_years": told}
    change.save(update_fields=["profile"])


def _touched(entries: Iterable[Entry]) -> set[int]:
    """Primary keys of public records that have changed since."""
    told, by_record = list(entries), defaultdict[int, list[Entry]](list)
    for entry in told:
        by_record[_record_of(entry)].append(entry)
    now = image_now(told)
    return {pk for pk, rows in by_record.items() if not all(stands(entry, now) for entry in rows)}


def _record_of(entry: Entry) -> int:
    if entry["model"] == "publication.record":
        return int(entry["pk"])
    return int((entry["before"] or entry["after"])["record"])


def _tell_untouched(records: Iterable[int]) -> None:
    for record in Record.objects.filter(pk__in=records).order_by("pk"):
        record_changed.send(
            sender=Record, key=record.source_key, kind=record.kind, state=record.state, is_new=False
        )


def _publish_anew(record: Record, actor: Actor, now: datetime) -> None:
    """From what it is made of; what waits for a decision is told by that decision."""
    if record.kind == RecordKind.ORGANIZATION:
        organization = Organization.objects.get(key=record.source_key)
        if organization.state in IN_LEDGER:
            publish(project(organization), actor=actor, now=now)
        return
    of = next(of for of in declared("submission_types") if of.kind == record.kind)
    row = of.model._default_manager.get(key=record.source_key)
    if row.state == PUBLIC:
        publish(of.project(row), actor=actor, now=now)
