"""The demo's conclusions: those of Mexico City are public, those of Brasilia a draft; `loading` calls it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from portal.accounts.models import User
from portal.common.actors import Actor, person
from portal.common.languages import CODES, DEFAULT
from portal.conclusions.domain import Passage, attach_evidence, set_disposition, set_facts
from portal.conclusions.enums import Outcome, PartKind, Stance
from portal.conclusions.evidence_queries import spoken
from portal.conclusions.models import Conclusions, Part
from portal.conclusions.publishing.domain import publish_conclusions
from portal.demo.accounts import DOMAIN
from portal.demo.content import Content, all_records, key_of, numbered, read
from portal.demo.objections import load_objections
from portal.interventions.models import Intervention

PUBLISHED_CONSULTATION, DRAFTED_CONSULTATION = "mexico", "brasilia"
DRAFTED, PUBLISHED = timedelta(days=20), timedelta(days=12)


def load_conclusions(*, now: datetime) -> str:
    """Draft, evidence, dispositions, publishing: through the verbs that the desk calls.

    One editor drafts and another publishes; the second draft stays one.
    """
    drafter, publisher = (person(User.objects.get(email=f"{name}@{DOMAIN}")) for name in ("editor", "admin"))
    texts = {row.title: row for row in Intervention.objects.order_by("-pk")}
    told = {row["key"]: texts[row["title"]] for row in all_records()["interventions"]}
    public = _Draft(PUBLISHED_CONSULTATION, told, drafter, now - DRAFTED)
    public.write()
    public.dispose_copies()
    publish_conclusions(public.conclusions, actor=publisher, now=now - PUBLISHED)
    objections = read(f"{PUBLISHED_CONSULTATION}/conclusions")["objections"]
    load_objections(PUBLISHED_CONSULTATION, objections, told, now=now)
    draft = _Draft(DRAFTED_CONSULTATION, told, drafter, now - PUBLISHED)
    draft.write()
    return f"{len(public.recommendations)} recommendations, {len(draft.recommendations)} more in a draft"


class _Draft:
    """The conclusions of one consultation while they are written.

    `told` are the interventions by their name in the demo; recommendations stand by their number.
    """

    def __init__(
        self, consultation: str, told: Mapping[str, Intervention], actor: Actor, now: datetime
    ) -> None:
        self.name, self.told, self.actor, self.now = consultation, told, actor, now
        self.recommendations: dict[str, Part] = {}
        self.conclusions = Conclusions.objects.create(
            key=key_of(f"{consultation}.conclusions"),
            consultation_key=key_of(consultation),
            language=DEFAULT,
            author_id=actor.user_id,
            created_at=now,
            updated_at=now,
        )

    def write(self) -> None:
        """What stands before the segments, then each segment with its own dispositions."""
        words = read(f"{self.name}/conclusions")
        self._part(PartKind.INTRODUCTION, "", None, "introduction", body=words["introduction"])
        for position, row in enumerate(words.get("participants", ())):
            self._participants(position, row)
        segments = numbered(f"{self.name}/conclusions")
        for segment in segments:
            self._segment(segment)
        for segment in segments:
            reasons = segment.get("reasons", {})
            for name, row in segment.get("dispositions", {}).items():
                self._dispose(self.told[name].key, row, reasons.get(name, {}))

    def dispose_copies(self) -> None:
        """Further copies of the records are covered by the first."""
        told = set(self.conclusions.dispositions.values_list("intervention_key", flat=True))
        for key in spoken(self.conclusions.consultation_key).keys() - told:
            self._dispose(key, {"outcome": Outcome.ALREADY_COVERED}, {})

    def _participants(self, position: int, words: Content) -> None:
        category = self.conclusions.participant_categories.create(
            code=words["code"], official_count=words.get("count"), unit=words["unit"], position=position
        )
        for code, note in words.get("note", {}).items():
            category.texts.create(language=code, note=note)

    def _segment(self, words: Content) -> None:
        key = words["key"]
        number, name = key.removeprefix("s"), f"segment.{key.removeprefix('s')}"
        segment = self._part(
            PartKind.SEGMENT, number, None, name, heading=self._titles(key), body=words["summary"]
        )
        for area in words["areas"]:
            self._area(f"{number}.{area['key'].removeprefix('a')}", segment, key, area)

    def _area(self, number: str, segment: Part, key: str, words: Content) -> None:
        titles = self._titles(key, words["key"])
        area = self._part(PartKind.PRIORITY_AREA, number, segment, f"area.{number}", heading=titles)
        for place, row in enumerate(words["recommendations"], start=1):
            self._recommendation(f"{number}.{place}", area, row)

    def _titles(self, segment: str, area: str = "") -> Content:
        """As the consultation's pages have them."""
        titles = {}
        for code in CODES:
            words = read(code)["consultations"][self.name]["segments"][segment]
            titles[code] = (words["areas"][area] if area else words)["title"]
        return titles

    def _recommendation(self, number: str, area: Part, words: Content) -> None:
        part = self._part(PartKind.RECOMMENDATION, number, area, f"recommendation.{number}", body=words)
        self.recommendations[number] = part
        set_facts(
            part,
            addressees=words["addressees"],
            is_from_plenary=words.get("plenary", False),
            actor=self.actor,
            now=self.now,
            marks=read("marks")["recommendations"][self.name].get(number, []),
        )
        for row in words.get("evidence", ()):
            stance = Stance(row.get("stance", Stance.SUPPORTS))
            passage = passage_of(self.told[row["intervention"]], row["words"])
            attach_evidence(part, passage, stance=stance, actor=self.actor, now=self.now)

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
            key=key_of(f"{self.name}.conclusions.{name}"),
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

    def _dispose(self, key: UUID, words: Content, reasons: Content) -> None:
        set_disposition(
            self.conclusions,
            intervention_key=key,
            outcome=Outcome(words["outcome"]),
            part=self.recommendations.get(words.get("recommendation", "")),
            reason=reasons.get(DEFAULT, ""),
            translations=reasons,
            actor=self.actor,
            now=self.now,
        )


def passage_of(intervention: Intervention, words: str) -> Passage:
    """Where an intervention says the words: in its text, else in one of its key recommendations."""
    texts = {"body": intervention.body}
    texts |= {f"recommendations.{at}": text for at, text in enumerate(intervention.recommendations)}
    for name, text in texts.items():
        if (start := text.find(words)) >= 0:
            return Passage(intervention_key=intervention.key, field=name, start=start, end=start + len(words))
    raise LookupError(f"{intervention.title!r} does not say {words!r}")
