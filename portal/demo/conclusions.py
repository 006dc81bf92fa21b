"""The demo's conclusions of the consultation in Mexico City: one editor drafts, another publishes."""

from datetime import datetime, timedelta

from portal.accounts.models import User
from portal.common.actors import Actor, person
from portal.common.languages import CODES, DEFAULT
from portal.conclusions.domain import Passage, attach_evidence, set_disposition, set_facts
from portal.conclusions.enums import Outcome, PartKind, Stance
from portal.conclusions.evidence_queries import spoken, text_at
from portal.conclusions.models import Conclusions, Part
from portal.conclusions.publishing.domain import publish_conclusions
from portal.demo.accounts import DOMAIN
from portal.demo.content import Content, key_of, read
from portal.interventions.models import Intervention

CONSULTATION = "mexico"
DRAFTED, PUBLISHED = timedelta(days=20), timedelta(days=12)


def load_conclusions(*, now: datetime) -> str:
    """Draft, evidence, dispositions, publishing: through the verbs that the desk calls."""
    drafter, publisher = (person(User.objects.get(email=f"{name}@{DOMAIN}")) for name in ("editor", "admin"))
    draft = _Draft(drafter, now - DRAFTED)
    draft.write(read("conclusions"))
    publish_conclusions(draft.conclusions, actor=publisher, now=now - PUBLISHED)
    return f"{len(draft.recommendations)} recommendations"


class _Draft:
    """The conclusions while they are written; recommendations by their number."""

    def __init__(self, actor: Actor, now: datetime) -> None:
        self.actor, self.now = actor, now
        self.recommendations: dict[str, Part] = {}
        self.conclusions = Conclusions.objects.create(
            key=key_of(f"{CONSULTATION}.conclusions"),
            consultation_key=key_of(CONSULTATION),
            language=DEFAULT,
            author_id=actor.user_id,
            created_at=now,
            updated_at=now,
        )

    def write(self, words: Content) -> None:
        self._part(PartKind.INTRODUCTION, "", None, "introduction", body=words["introduction"])
        for position, row in enumerate(words["participants"]):
            category = self.conclusions.participant_categories.create(
                code=row["code"], official_count=row["count"], unit=row["unit"], position=position
            )
            for code, note in row.get("note", {}).items():
                category.texts.create(language=code, note=note)
        for number, segment in enumerate(words["segments"], start=1):
            self._segment(str(number), segment)
        self._dispositions(words["dispositions"])

    def _segment(self, number: str, words: Content) -> None:
        titles = {code: _pages(code)[words["key"]]["title"] for code in CODES}
        name = f"segment.{number}"
        segment = self._part(PartKind.SEGMENT, number, None, name, heading=titles, body=words["summary"])
        for place, area in enumerate(words["areas"], start=1):
            self._area(f"{number}.{place}", segment, words["key"], area)

    def _area(self, number: str, segment: Part, key: str, words: Content) -> None:
        titles = {code: _pages(code)[key]["areas"][words["key"]]["title"] for code in CODES}
        area = self._part(PartKind.PRIORITY_AREA, number, segment, f"area.{number}", heading=titles)
        for place, row in enumerate(words["recommendations"], start=1):
            self._recommendation(f"{number}.{place}", area, row)

    def _recommendation(self, number: str, area: Part, words: Content) -> None:
        part = self._part(
            PartKind.RECOMMENDATION, number, area, f"recommendation.{number}", body=words["text"]
        )
        self.recommendations[number] = part
        set_facts(
            part,
            addressees=words["addressees"],
            is_from_plenary=words.get("plenary", False),
            actor=self.actor,
            now=self.now,
        )
        for row in words.get("evidence", ()):
            stance = Stance(row.get("stance", Stance.SUPPORTS))
            attach_evidence(part, _passage(row), stance=stance, actor=self.actor, now=self.now)

    def _part(
        self,
        kind: PartKind,
        number: str,
        parent: Part | None,
        name: str,
        *,
        heading: Content | None = None,
        body: Content | None = None,
    ) -> Part:
        part = Part.objects.create(
            key=key_of(f"{CONSULTATION}.conclusions.{name}"),
            conclusions=self.conclusions,
            parent=parent,
            kind=kind,
            number=number,
            position=self.conclusions.parts.count() + 1,
        )
        for code in CODES:
            said, title = (body or {}).get(code, ""), (heading or {}).get(code, "")
            part.texts.create(language=code, heading=title, body=said, is_official=True)
        return part

    def _dispositions(self, rows: list[Content]) -> None:
        """As the content says; further copies of the records are covered by the first."""
        told = {_intervention(row["intervention"]).key: row for row in rows}
        for key in spoken(self.conclusions.consultation_key):
            row = told.get(key, {"outcome": Outcome.ALREADY_COVERED})
            set_disposition(
                self.conclusions,
                intervention_key=key,
                outcome=Outcome(row["outcome"]),
                part=self.recommendations.get(row.get("recommendation", "")),
                reason=row.get("reason", ""),
                actor=self.actor,
                now=self.now,
            )


def _pages(code: str) -> Content:
    """The words of the consultation's segments, as its pages have them."""
    segments: Content = read(code)["consultations"][CONSULTATION]["segments"]
    return segments


def _intervention(name: str) -> Intervention:
    """By its name in the demo; of several copies the first."""
    [row] = [row for row in read("records")["interventions"] if row["key"] == name]
    return Intervention.objects.filter(title=row["title"]).earliest("pk")


def _passage(row: Content) -> Passage:
    intervention, field, words = _intervention(row["intervention"]), row.get("field", "body"), row["words"]
    texts = {"body": intervention.body, "recommendations": intervention.recommendations}
    start = (text_at(texts, field) or "").index(words)
    return Passage(intervention_key=intervention.key, field=field, start=start, end=start + len(words))
