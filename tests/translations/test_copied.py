"""What is copied of a text beside which a machine's draft stands: its feed, its citation, its window."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person
from portal.common.formatting import day
from portal.organizations.models import Organization
from portal.publication import domain as ledger
from portal.publication.models import Record
from portal.publication.translating import original_digest
from portal.submissions.states import SubmissionState
from portal.submissions.types import submission_type
from portal.translations import domain
from portal.translations.enums import EnteredAs
from tests.factories import make_intervention, publish_intervention

pytestmark = pytest.mark.django_db
NOW = timezone.now()
CORRECTED = NOW - timedelta(days=7)
ATOM = "{http://www.w3.org/2005/Atom}"
LABEL = "Machine draft, not checked"


@pytest.fixture
def record(organization: Organization, focal_point: User, editor: User) -> Record:
    """Its second version is a week old, the draft in English new; another text was published since."""
    actor = person(editor)
    row, other = (
        make_intervention(organization, state=SubmissionState.PUBLISHED, author=focal_point, title=title)
        for title in ("Los sábados", "Los domingos")
    )
    publish_intervention(row)
    row.body = "Abren los sábados."
    corrected = ledger.publish(submission_type(row.kind).project(row), actor=actor, now=CORRECTED)
    publish_intervention(other)
    later = CORRECTED + timedelta(days=1)
    other.body = "Abren los domingos."
    ledger.publish(submission_type(other.kind).project(other), actor=actor, now=later)
    texts: domain.Texts = {"body": "Open on Saturdays."}
    given = domain.Entered("en", EnteredAs.MACHINE, "Tool 3", "Saturdays", texts, original_digest(corrected))
    domain.enter(row, given, actor=actor, now=NOW)
    return Record.objects.get(pk=corrected.pk)


def test_a_translation_makes_no_text_newer(client: Client, record: Record) -> None:
    page = client.get(record.path("en"))
    assert page.context["eyebrow"][-1] == f"version 2 of {day(CORRECTED)}"
    feed = ElementTree.fromstring(client.get("/en/interventions/feed/").content)
    entries = list(feed.iter(f"{ATOM}entry"))
    assert [(entry.findtext(f"{ATOM}title") or "")[:10] for entry in entries] == ["Los doming", "Saturdays "]
    updated = entries[1].findtext(f"{ATOM}updated") or ""
    assert updated[:10] == CORRECTED.date().isoformat()


def test_words_of_a_machine_say_so_wherever_they_are_copied(client: Client, record: Record) -> None:
    page = client.get(record.path("en"))
    assert ("Los sábados" in page.context["citation"], "Saturdays" in page.context["citation"]) == (
        True,
        False,
    )
    assert f"<title>Saturdays [{LABEL}]" in page.text
    feed = ElementTree.fromstring(client.get("/en/interventions/feed/").content)
    entry = list(feed.iter(f"{ATOM}entry"))[1]
    assert entry.findtext(f"{ATOM}title") == f"Saturdays [{LABEL}]"
    assert (entry.findtext(f"{ATOM}summary") or "").startswith(f"{LABEL}. Open")
