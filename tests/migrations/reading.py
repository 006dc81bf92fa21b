"""The facts of `before`, found through today's models and addresses; `test_first_slice` runs it by itself.

The one place to change when a model moves: what a migration must leave as it is stands in `before`, and this
module says where it is found now. Run with `DATABASE_URL` naming a copy: migrates it, then prints the facts
as JSON.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

import django

if __name__ == "__main__":
    django.setup()  # the imports below need it

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db.models import Model, QuerySet
from django.test import Client
from wagtail.models import Page, Revision

from portal.cms.queries import pages_by_key
from portal.common.digests import canonical, digest_of
from portal.common.languages import CODES
from portal.common.models import Event
from portal.consultations.models import GuidingQuestionPage
from portal.interventions.models import Intervention, InterventionAnswer
from portal.library.models import LibraryDocument, LibraryPassage
from portal.moderation.models import Decision
from portal.observatory.dossiers.models import Dossier, Item, Share
from portal.observatory.saved.models import SavedSearch
from portal.organizations.models import Membership, Organization
from portal.pledges.models import Pledge, PledgeIntervention, PledgeOutcome
from portal.publication.models import Record, RecordLink, RecordTranslation, RecordVersion
from portal.submissions.models import Submission
from portal.submissions.queries import newest_version
from portal.submissions.types import submission_type
from portal.taxonomy.models import Concept, OrganizationType
from tests.migrations.before import language_for

Facts = dict[str, Any]
TABLES: dict[str, type[Model]] = {
    "users": get_user_model(),
    "page revisions": Revision,
    "answered questions": InterventionAnswer,
    "outcomes of pledges": PledgeOutcome,
    "sources of pledges": PledgeIntervention,
    "organization types": OrganizationType,
    "concepts": Concept,
    "library documents": LibraryDocument,
    "library passages": LibraryPassage,
    "saved searches": SavedSearch,
    "dossiers": Dossier,
    "collected passages": Item,
    "shares of dossiers": Share,
}


def facts() -> Facts:
    interventions = Intervention.objects.select_related("organization", "author").prefetch_related("answers")
    pledges = Pledge.objects.select_related("organization", "author").prefetch_related("outcomes", "sources")
    records = Record.objects.select_related("organization").prefetch_related(
        "versions", "translations", "links"
    )
    return {
        "counts": _counts(),
        "organizations": {str(row.key): _organization(row) for row in Organization.objects.all()},
        "interventions": {str(row.key): _intervention(row) for row in interventions},
        "pledges": {str(row.key): _submission(row) for row in pledges},
        "receipts in the log": _logged_receipts(),
        "decisions": [_decision(row) for row in Decision.objects.select_related("decided_by").order_by("pk")],
        "records": {row.public_id: _record(row) for row in records},
        "questions": _questions(),
        "documents": {row.public_id: _document(row) for row in LibraryDocument.objects.all()},
    }


def answer(public_ids: Iterable[str]) -> dict[str, list[Any]]:
    """Where each permanent address ends in one language (`before.language_for`), and with what status."""
    client, places = Client(), {}
    for public_id in public_ids:
        response = client.get(f"/r/{public_id}/?lang={language_for(public_id)}", follow=True)
        places[public_id] = [response.request["PATH_INFO"], response.status_code]
    return places


def _counts() -> Facts:
    return {
        "organizations by state": _tally(Organization.objects.values_list("state")),
        "memberships by role": _tally(Membership.objects.values_list("role")),
        "interventions by state": _tally(Intervention.objects.values_list("state")),
        "interventions by kind": _tally(Intervention.objects.values_list("form")),
        "pledges by state": _tally(Pledge.objects.values_list("state")),
        "pledges by reported stage": _tally(Pledge.objects.values_list("stage")),
        "decisions": _tally(_pairs(Decision.objects.all(), "kind", "action")),
        "events": _tally(_pairs(Event.objects.all(), "object_kind", "action")),
        "records": _tally(_pairs(Record.objects.all(), "kind", "state")),
        "versions": _tally(_pairs(RecordVersion.objects.all(), "record__kind", "number")),
        "translations": _tally(RecordTranslation.objects.values_list("kind")),
        "links": _tally((each.relation,) for each in RecordLink.objects.all() if _is_shown(each)),
        "pages by language": _tally(Page.objects.values_list("locale__language_code")),
        "tables": {name: model._default_manager.count() for name, model in sorted(TABLES.items())},
    }


def _pairs(rows: QuerySet, first: str, second: str) -> Iterable[tuple[str]]:
    return ((f"{one} {two}",) for one, two in rows.values_list(first, second))


def _tally(values: Iterable[tuple[str]]) -> dict[str, int]:
    return dict(sorted(Counter(value for (value,) in values).items()))


def _organization(row: Organization) -> Facts:
    members = row.memberships.order_by("user__email").values_list("user__email", "role")
    return {
        **_plain(row, "name", "type_code", "country", "language", "state", "reason", "description"),
        **_times(row, "created_at", "submitted_at", "decided_at"),
        "members": [list(member) for member in members],
    }


def _intervention(row: Intervention) -> Facts:
    return _submission(row) | {"translations": row.translations}


def _submission(row: Submission) -> Facts:
    """The receipt is the newest version's; its content is kept where the digest counts that of the row."""
    of, version = submission_type(row.kind), newest_version(row)
    # What a text is about was not kept in words before.
    content = {name: told for name, told in of.sent(row, of.related(row)).items() if name != "asked"}
    kept = version is not None and version.content == canonical(content).decode()
    return {
        "state": row.state,
        "content": content,
        "author": row.author.email if row.author else None,
        **_plain(row, "revision", "reason"),
        "submit_key": str(row.submit_key),
        **_times(row, "created_at", "updated_at", "submitted_at", "decided_at"),
        "receipt": [version.receipt_number, version.digest] if version else [],
        "receipt_fits": kept and version is not None and digest_of(content) == version.digest,
    }


def _logged_receipts() -> dict[str, list[str]]:
    numbers: dict[str, list[str]] = defaultdict(list)
    for event in Event.objects.filter(action="submitted").order_by("pk"):
        if number := event.details.get("receipt"):
            numbers[event.object_key].append(number)
    return dict(numbers)


@cache
def _public_interventions() -> frozenset[str]:
    rows = Record.objects.filter(kind="intervention", state="published")
    return frozenset(str(key) for key in rows.values_list("source_key", flat=True))


def _is_shown(link: RecordLink) -> bool:
    """The first slice held a link to an intervention only while that was public; now whoever reads asks."""
    return link.relation != "follows" or link.target in _public_interventions()


def _decision(row: Decision) -> list[object]:
    key, by, at = str(row.object_key), row.decided_by.email, row.decided_at.isoformat()
    return [row.kind, key, row.action, row.reason, by, at]


def _record(row: Record) -> Facts:
    return {
        **_plain(row, "kind", "state", "language", "title", "summary", "type_code", "country", "version"),
        "source_key": str(row.source_key),
        "organization": row.organization.public_id if row.organization else "",
        "texts": row.texts,
        **_times(row, "published_at", "updated_at", "withdrawn_at"),
        "versions": sorted(
            [each.number, each.digest, digest_of(each.content) == each.digest, each.published_at.isoformat()]
            for each in row.versions.all()
        ),
        "translations": sorted(
            [each.language, each.kind, each.of_version, each.title, each.texts]
            for each in row.translations.all()
        ),
        "links": sorted([each.relation, each.target] for each in row.links.all() if _is_shown(each)),
        "addresses": {code: row.path(code) for code in CODES} if row.is_published else {},
    }


def _questions() -> Facts:
    pages: dict[str, dict[str, str]] = defaultdict(dict)
    keys = set(GuidingQuestionPage.objects.values_list("translation_key", flat=True))
    for code in CODES:
        for key, page in pages_by_key(list(keys), code).items():
            pages[str(key)][code] = page.url
    return {key: {"addresses": addresses} for key, addresses in pages.items()}


def _document(row: LibraryDocument) -> Facts:
    addresses = {code: f"/{code}/library/{row.public_id}/" for code in CODES}
    return {**_plain(row, "title", "language", "sha256"), "addresses": addresses}


def _plain(row: Model, *names: str) -> Facts:
    return {name: getattr(row, name) for name in names}


def _times(row: Model, *names: str) -> Facts:
    return {name: _time(getattr(row, name)) for name in names}


def _time(value: datetime | None) -> str | None:
    return value.isoformat() if value else None


def main() -> None:
    call_command("migrate", verbosity=0)
    facts_now = facts()
    every = (*facts_now["records"], *facts_now["questions"], *facts_now["documents"])
    json.dump({"facts": facts_now, "answers": answer(every)}, sys.stdout)


if __name__ == "__main__":
    main()
