"""What a proposal changes: compared with what stands, put into the row, and what would be wrong then."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from portal.common.errors import Incomplete, Problem
from portal.common.reviews import Content, Field, Reader
from portal.submissions.amendable import Amendable
from portal.submissions.amending_enums import Part
from portal.submissions.contents import COUNTRY, LANGUAGE
from portal.submissions.cuts import redacted_now
from portal.submissions.differences import Change, differences
from portal.submissions.models import Submission
from portal.submissions.types import SubmissionType

PLACES = "places"
FILING = ("language", "country", PLACES)
Changes = Mapping[str, Any]


def names_of(amendable: Amendable, part: Part) -> tuple[str, ...]:
    return amendable.texts if part == Part.TEXT else FILING


def values_of(of: SubmissionType, row: Submission, part: Part) -> dict[str, Any]:
    """What stands now, by name. At most one query."""
    amendable = amendable_of(of)
    names = names_of(amendable, part)
    values = {name: getattr(row, name) for name in names if name != PLACES}
    return values | ({PLACES: list(amendable.filed(row))} if PLACES in names else {})


def closed_texts(submission: Submission) -> frozenset[str]:
    """Texts of which a passage is left out: they stay as they are. Three queries at most."""
    return frozenset(passage.field for passage in redacted_now(submission))


def amendable_of(of: SubmissionType) -> Amendable:
    """Raises `LookupError` for a kind of which nothing can be amended."""
    if of.amendable is None:
        raise LookupError(of.kind)
    return of.amendable


def compared(
    of: SubmissionType, row: Submission, part: Part, changes: Changes, reader: Reader
) -> list[Change]:
    """Each field that says something else, in the order of the kind; in words."""
    old = {"language": row.language, **values_of(of, row, part)}
    return differences(fields_of(of), old, {**old, **changes}, reader)


def contents_of(of: SubmissionType, row: Submission, part: Part, changes: Changes) -> tuple[Content, Content]:
    """Old and new of what changes, for a table of both."""
    old = {name: value for name, value in values_of(of, row, part).items() if name in changes}
    return old, {**old, **changes}


def fields_of(of: SubmissionType) -> list[Field]:
    """Those of the kind, and what it is filed under."""
    in_words = amendable_of(of).in_words
    places = Field(PLACES, _about_label(of), links=in_words)
    own = [field for field in of.fields if field.links is None and field.name not in {"language", "country"}]
    return [LANGUAGE, COUNTRY, places, *own]


def _about_label(of: SubmissionType) -> Any:
    return next((field.label for field in of.fields if field.name == "asked"), of.label)


def apply(of: SubmissionType, row: Submission, changes: Changes) -> None:
    """The row holds them, not saved; what it is about in its own table is. Raises `Incomplete`."""
    given = {name: _as_field(value) for name, value in changes.items() if name != PLACES}
    if PLACES in changes:
        given |= amendable_of(of).refiled(changes[PLACES])
    fields = amendable_of(of).saved_as(**given)
    if problems := of.unstorable(row, fields):
        raise Incomplete(problems)
    for name in of.plain:
        if (value := getattr(fields, name)) is not None:
            setattr(row, name, value)
    of.replace(row, fields)


def _as_field(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def problems_of(of: SubmissionType, row: Submission, changes: Changes) -> list[Problem]:
    """What would be wrong with the text after it, at the fields that it changes; nothing of it stays."""
    tried = type(row)._default_manager.select_related("organization").get(pk=row.pk)
    with transaction.atomic():
        mark = transaction.savepoint()
        try:
            apply(of, tried, changes)
            problems = of.problems(tried, of.related(tried))
        except Incomplete as refusal:
            problems = list(refusal.problems)
        finally:
            transaction.savepoint_rollback(mark)
    own = own_fields(of, changes)
    return [Problem(own[each.field], each.message) for each in problems if each.field in own]


def own_fields(of: SubmissionType, changes: Changes) -> dict[str, str]:
    """Names under which the kind speaks of what changes, with those of the form."""
    names = {name: name for name in changes}
    for name, items in amendable_of(of).items.items():
        if name in changes:
            names |= {item: item for item in items} | {name: items[0]}
    return names | ({"questions": PLACES, "about": PLACES} if PLACES in changes else {})
