"""What `make_first_slice` writes into its database through the verbs of commit fe7423a; nobody else calls it.

The demo, then 120 interventions and 80 pledges that together have been in every state and have come to it on
every way, organizations that are not verified, saved searches and dossiers.
"""

import csv
import random
import tempfile
import tomllib
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain, repeat
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management import call_command
from portal.consultations.drafts import DraftFields

from portal.accounts.models import User
from portal.common.actors import Actor, person, system
from portal.common.languages import CODES
from portal.consultations import domain as interventions
from portal.consultations.models import GuidingQuestionPage, Intervention
from portal.demo.loading import load_demo
from portal.moderation.domain import approve, decline, return_to_author
from portal.moderation.enums import SubjectKind
from portal.observatory.dossiers import domain as dossiers
from portal.observatory.dossiers.drafts import DossierFields
from portal.observatory.dossiers.enums import Role as DossierRole
from portal.observatory.dossiers.passages import public_passage
from portal.observatory.dossiers.sharing import share
from portal.observatory.saved.domain import keep_search
from portal.observatory.saved.enums import Telling
from portal.organizations import domain as organizations
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.models import Membership, Organization
from portal.pledges import domain as pledges
from portal.pledges.drafts import PledgeFields
from portal.pledges.enums import FORUMS, PledgeLifecycle, ReportedStage
from portal.pledges.imports import import_pledges
from portal.pledges.models import Pledge
from portal.pledges.queries import linkable_interventions
from portal.publication.queries import published
from portal.taxonomy.enums import Outcome
from search.results.service import Question

TEXTS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "first_slice_texts.toml").read_text())
DEMO_DAY = datetime(2026, 9, 1, 12, tzinfo=UTC)
FIRST, STEP = datetime(2026, 9, 2, 8, tzinfo=UTC), timedelta(minutes=17, seconds=3)
Journey = tuple[int, str]

# How many go which way. `late` is a withdrawal when everything is written and something points at it.
INTERVENTIONS: Sequence[Journey] = (
    (4, "start"),
    (14, "save"),
    (14, "save submit"),
    (12, "save submit return"),
    (10, "save submit return save"),
    (8, "save submit return save submit"),
    (2, "save submit return submit return save submit"),
    (20, "save save submit publish"),
    (12, "save submit return save submit publish"),
    (8, "save translate submit publish"),
    (6, "save submit withdraw"),
    (2, "save submit return withdraw"),
    (6, "save submit publish late"),
    (2, "save translate submit publish late"),
)
PLEDGES: Sequence[Journey] = (
    (3, "start"),
    (9, "save"),
    (10, "save submit"),
    (8, "save submit return"),
    (6, "save submit return save"),
    (6, "save submit return save submit"),
    (15, "save submit publish"),
    (5, "save submit return save submit publish"),
    (5, "save submit withdraw"),
    (7, "save submit publish late"),
)
CORRECTED, IMPORTED = 6, 6  # pledges of a table: public ones that it corrects, and new ones
OUTCOMES_PER_PLEDGE = 3

# (who writes it down, name, what becomes of it)
UNVERIFIED = (
    ("editor", "Asociación de prueba Casa Azul", "draft"),
    ("observatory", "Rede de teste Rio Claro", "submitted"),
    ("commissioner", "Réseau d'essai Pont Neuf", "asked"),
    ("editor", "Test Network Grey Harbour", "declined"),
)
# There is no verb for letting members in yet.
MEMBERS = (("observatory", Role.EDITOR), ("commissioner", Role.SIGNATORY), ("editor", Role.VIEWER))


class Clock:
    """Each reading is one step later than the one before."""

    def __init__(self) -> None:
        self._now = FIRST

    def __call__(self) -> datetime:
        self._now += STEP
        return self._now


@dataclass(frozen=True, slots=True)
class Writer:
    """An organization, who writes for it and who speaks for it."""

    organization: Organization
    author: Actor
    speaker: Actor


class Loader:
    """One run: its clock, its dice, and the people of the demo."""

    def __init__(self) -> None:
        self.now = Clock()
        self.dice = random.Random("first slice")
        self.moderator = self.account("moderator")
        keys = GuidingQuestionPage.objects.filter(live=True, locale__language_code="es")
        self.questions = list(keys.order_by("path").values_list("translation_key", flat=True))
        self.number = 0

    def account(self, name: str) -> Actor:
        return person(User.objects.get(email=f"{name}@demo.invalid"))

    def key(self) -> UUID:
        return UUID(int=self.dice.getrandbits(128), version=4)

    def words(self, language: str) -> tuple[str, str]:
        """A title and a text of some forty to seventy words, marked as a test."""
        self.number += 1
        words = TEXTS[language]
        title = words["title"].format(number=self.number, topic=self.dice.choice(words["topics"]))
        sentences = self.dice.sample(words["sentences"], 3)
        return (
            title,
            f"{words['marker']}\n\n{sentences[0]} {sentences[1]}\n\n{sentences[2]} ({self.number} 🌱)",
        )


def load() -> None:
    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)
    for name, outcome in load_demo(now=DEMO_DAY):
        print(f"demo, {name}: {outcome}")
    loader = Loader()
    _add_members(loader)
    unverified = [_unverified(loader, *row) for row in UNVERIFIED]
    late = _write_interventions(loader, unverified)
    late += _write_pledges(loader, unverified)
    _import(loader)
    for written in late:
        written.withdraw()
    call_command("drain_outbox", verbosity=0)
    _keep_searches(loader)
    _fill_dossiers(loader)
    call_command("drain_outbox", verbosity=0)


def _add_members(loader: Loader) -> None:
    for organization in Organization.objects.order_by("pk")[:4]:
        for name, role in MEMBERS:
            Membership.objects.create(
                organization=organization, user_id=loader.account(name).user_id, role=role, since=loader.now()
            )


def _unverified(loader: Loader, account: str, name: str, fate: str) -> Writer:
    actor = loader.account(account)
    fields = organizations.OrganizationFields(
        name=name,
        type_code="civil_society",
        country="CO",
        language="es",
        description="Made up for a test.",
        evidence="Made up.",
    )
    made = organizations.create_organization(fields=fields, actor=actor, now=loader.now(), key=loader.key())
    if fate != "draft":
        made = organizations.submit_organization(made, actor=actor, now=loader.now())
    reason = {"reason": TEXTS["es"]["reasons"][0], "actor": loader.moderator}
    if fate == "asked":
        return_to_author(SubjectKind.ORGANIZATION, made.key, now=loader.now(), **reason)
    elif fate == "declined":
        decline(made.key, now=loader.now(), **reason)
    made.refresh_from_db()
    return Writer(made, actor, actor)


def _writers() -> list[Writer]:
    """The verified organizations; where there is an editor, he or she writes and the owner submits."""
    writers = []
    verified = Organization.objects.filter(state=OrganizationState.VERIFIED).order_by("pk")
    for organization in verified:
        members = {
            row.role: row.user for row in organization.memberships.select_related("user").order_by("-pk")
        }
        speaker = person(members.get(Role.SIGNATORY, members[Role.OWNER]))
        writers.append(Writer(organization, person(members.get(Role.EDITOR, members[Role.OWNER])), speaker))
    return writers


def _shuffled(loader: Loader, journeys: Sequence[Journey]) -> list[list[str]]:
    every = list(chain.from_iterable(repeat(way.split(), count) for count, way in journeys))
    loader.dice.shuffle(every)
    return every


class Written(ABC):
    """One intervention or pledge on its way; each step is a verb of the domain."""

    kind: SubjectKind
    model: type[Intervention] | type[Pledge]

    def __init__(self, loader: Loader, writer: Writer, language: str) -> None:
        self.loader, self.writer, self.language = loader, writer, language
        self.key = loader.key()
        self.start()

    @property
    def stored(self) -> Any:
        return self.model.objects.select_related("organization").get(key=self.key)

    def go(self, steps: Sequence[str]) -> None:
        for step in steps:
            if step not in ("start", "late"):
                getattr(self, {"return": "send_back"}.get(step, step))()

    @abstractmethod
    def start(self) -> None: ...

    @abstractmethod
    def save(self) -> None: ...

    @abstractmethod
    def submit(self) -> None: ...

    @abstractmethod
    def withdraw(self) -> None: ...

    def send_back(self) -> None:
        reason = self.loader.dice.choice(TEXTS[self.language]["reasons"])
        moderator = self.loader.moderator
        return_to_author(self.kind, self.key, reason=reason, actor=moderator, now=self.loader.now())

    def publish(self) -> None:
        approve(self.kind, self.key, actor=self.loader.moderator, now=self.loader.now())


class WrittenIntervention(Written):
    kind, model = SubjectKind.INTERVENTION, Intervention

    def start(self) -> None:
        chosen = tuple(self.loader.dice.sample(self.loader.questions, self.loader.dice.randint(1, 3)))
        interventions.create_draft(
            organization=self.writer.organization,
            question_keys=chosen,
            language=self.language,
            actor=self.writer.author,
            now=self.loader.now(),
            key=self.key,
        )

    def save(self) -> None:
        dice, stored = self.loader.dice, self.stored
        title, body = self.loader.words(self.language)
        fields = DraftFields(
            title=title,
            body=body,
            country=dice.choice(("CO", "BR", "CR", "HT", "JM", "MX")),
            form=dice.choice(("intervention", "intervention", "good_practice")),
            recommendations=tuple(TEXTS[self.language]["recommendations"][: dice.randint(0, 3)]),
        )
        interventions.save_draft(
            stored, fields=fields, revision=stored.revision, actor=self.writer.author, now=self.loader.now()
        )

    def translate(self) -> None:
        """As the demo does it: the secretariat's translations stand beside the text, no verb writes them."""
        stored = self.stored
        for language in self.loader.dice.sample([code for code in CODES if code != self.language], 2):
            title, body = self.loader.words(language)
            words = {"title": title, "body": body, "recommendations": TEXTS[language]["recommendations"][:1]}
            stored.translations.append({"language": language, **words})
        stored.save(update_fields=["translations"])

    def submit(self) -> None:
        interventions.submit_intervention(
            self.stored,
            submit_key=self.stored.submit_key,
            actor=self.writer.speaker,
            now=self.loader.now(),
        )

    def withdraw(self) -> None:
        interventions.withdraw_intervention(self.stored, actor=self.writer.speaker, now=self.loader.now())


class WrittenPledge(Written):
    kind, model = SubjectKind.PLEDGE, Pledge

    def start(self) -> None:
        pledges.create_pledge(
            organization=self.writer.organization,
            language=self.language,
            actor=self.writer.author,
            now=self.loader.now(),
            key=self.key,
        )

    def save(self) -> None:
        dice, stored = self.loader.dice, self.stored
        title, description = self.loader.words(self.language)
        own = list(
            linkable_interventions(stored.organization_id).order_by("pk").values_list("key", flat=True)
        )
        fields = PledgeFields(
            external_id=stored.external_id or f"TEST-{self.loader.number:04d}",
            forum=dice.choice(FORUMS),
            title=title,
            description=description,
            stage=dice.choice(ReportedStage.values),
            country=dice.choice(("CO", "BR", "CR", "HT")),
            outcomes=tuple(dice.sample(Outcome.values, dice.randint(1, OUTCOMES_PER_PLEDGE))),
            intervention_keys=tuple(dice.sample(own, min(len(own), dice.randint(0, 2)))),
        )
        pledges.save_pledge(
            stored, fields=fields, revision=stored.revision, actor=self.writer.author, now=self.loader.now()
        )

    def submit(self) -> None:
        pledges.submit_pledge(
            self.stored,
            submit_key=self.stored.submit_key,
            actor=self.writer.speaker,
            now=self.loader.now(),
        )

    def withdraw(self) -> None:
        pledges.withdraw_pledge(self.stored, actor=self.writer.speaker, now=self.loader.now())


def _write_interventions(loader: Loader, unverified: list[Writer]) -> list[Written]:
    """Those that are withdrawn when all is written."""
    return list(_write(loader, WrittenIntervention, INTERVENTIONS, unverified))


def _write_pledges(loader: Loader, unverified: list[Writer]) -> list[Written]:
    return list(_write(loader, WrittenPledge, PLEDGES, unverified))


def _write(
    loader: Loader, kind: type[Written], journeys: Sequence[Journey], unverified: list[Writer]
) -> Iterator[Written]:
    """Half of the drafts belong to organizations that may write but not submit yet."""
    verified = _writers()
    for at, steps in enumerate(_shuffled(loader, journeys)):
        is_draft = "submit" not in steps
        writers = unverified if is_draft and at % 2 else verified
        written = kind(loader, writers[at % len(writers)], CODES[at % len(CODES)])
        written.go(steps)
        if "late" in steps:
            yield written


def _import(loader: Loader) -> None:
    """The secretariat's table: it corrects pledges that are public, and brings new ones."""
    public = Pledge.objects.filter(lifecycle=PledgeLifecycle.PUBLISHED, external_id__startswith="TEST-")
    corrected = [
        (row.external_id, row.organization, row.language)
        for row in public.select_related("organization").order_by("pk")[:CORRECTED]
    ]
    brought = [
        (f"TABLE-{number:04d}", writer.organization, CODES[number % len(CODES)])
        for number, writer in enumerate(_writers()[:IMPORTED])
    ]
    columns = (
        "external_id",
        "title",
        "description",
        "stage",
        "forum",
        "organization",
        "language",
        "outcomes",
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pledges.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            table = csv.writer(file)
            table.writerow(columns)
            for external_id, organization, language in (*corrected, *brought):
                title, description = loader.words(language)
                outcomes = ";".join(loader.dice.sample(Outcome.values, 2))
                row = (external_id, title, description, "in_progress", "2023", organization.name, language)
                table.writerow((*row, outcomes))
        done = import_pledges(path, actor=system("import_pledges"), now=loader.now())
    if (done.created, done.updated, done.errors) != (IMPORTED, CORRECTED, []):
        raise SystemExit(f"make_first_slice: the table was not taken in: {done}")


def _keep_searches(loader: Loader) -> None:
    for account, text, ui, telling in (
        ("observatory", "frontera", "pt", Telling.DAILY),
        ("observatory", "stateless children", "en", Telling.WEEKLY),
        ("commissioner", "apatridie", "fr", Telling.NONE),
    ):
        keep_search(
            question=Question(text=text, ui=ui),
            name=f"Test: {text}",
            telling=telling,
            actor=loader.account(account),
            now=loader.now(),
            key=loader.key(),
        )


def _fill_dossiers(loader: Loader) -> None:
    for account, title in (("observatory", "Dossier de teste"), ("commissioner", "Dossier d'essai")):
        actor = loader.account(account)
        fields = DossierFields(title=title, language="pt", description="Made up for a test.")
        made = dossiers.create_dossier(fields=fields, actor=actor, now=loader.now(), key=loader.key())
        for record in published().order_by("pk")[10:40:6]:
            public = public_passage(f"{record.public_id}/{record.language}", 0)
            public = public or public_passage(f"{record.public_id}/{record.language}", 1)
            if public is not None:
                words = {"question": "frontera", "comment": f"Test comment on {record.public_id}"}
                dossiers.collect(made, found=public, actor=actor, now=loader.now(), **words)
        made.refresh_from_db()
        email, role = "focal-point@demo.invalid", DossierRole.READER
        share(made, email=email, role=role, language="es", actor=actor, now=loader.now())
