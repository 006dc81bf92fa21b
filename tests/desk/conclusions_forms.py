"""The forms of the room where conclusions are drafted, as `desk_forms` has those of the other rooms."""

from collections.abc import Callable

from django.urls import reverse

from portal.accounts.models import User
from portal.common.actors import Group
from portal.conclusions.models import Conclusions, PartText
from portal.interventions.models import Intervention
from portal.library.models import LibraryDocument
from portal.submissions.states import SubmissionState
from tests.desk.desk_forms import WORDS, Case, Stage, _gone, _is
from tests.factories import make_intervention, make_user, publish_intervention
from tests.factories.backed_conclusions import attach, complete, make_conclusions, passage_of


def _drafted(stage: Stage) -> tuple[User, Conclusions]:
    """An editor, and a draft with two recommendations in an area of a segment."""
    return make_user(Group.EDITOR, language="en"), make_conclusions(stage.tree)


def _at_draft(name: str, draft: Conclusions, *args: object) -> str:
    return reverse(f"conclusions:{name}", args=[draft.key, *args])


def _heard(stage: Stage) -> Intervention:
    intervention = make_intervention(
        stage.organization,
        state=SubmissionState.PUBLISHED,
        body="The office opens early. Nobody pays.",
        questions=stage.tree.questions,
    )
    publish_intervention(intervention)
    return intervention


def _new_conclusions(stage: Stage) -> Case:
    typed = {"consultation": str(stage.tree.consultation["es"].translation_key), "language": "pt"}
    is_saved = Conclusions.objects.filter(language="pt").exists
    return Case(make_user(Group.EDITOR, language="en"), stage.url("conclusions:new"), is_saved, typed)


def _new_conclusions_part(stage: Stage) -> Case:
    user, draft = _drafted(stage)
    area = draft.parts.get(number="1.1")
    page = f"{_at_draft('part_new', draft)}?kind=recommendation&above={area.key}"
    is_saved = PartText.objects.filter(body=WORDS).exists
    return Case(user, page, is_saved, {"body": WORDS})


def _conclusions_part(stage: Stage) -> Case:
    user, draft = _drafted(stage)
    part = draft.parts.get(number="1.1.1")
    page = f"{_at_draft('part', draft, part.key)}?language=en"
    return Case(user, page, PartText.objects.filter(part=part, body=WORDS).exists, {"body": WORDS})


def _conclusions_move(name: str) -> Callable[[Stage], Case]:
    def build(stage: Stage) -> Case:
        user, draft = _drafted(stage)
        number = "1.1.1" if name == "part_down" else "1.1.2"
        part = draft.parts.get(number=number)
        page, action = _at_draft("part", draft, part.key), _at_draft(name, draft, part.key)
        return Case(user, page, lambda: not _is(part, number=number)(), action=action)

    return build


def _conclusions_place(stage: Stage) -> Case:
    user, draft = _drafted(stage)
    part, segment = draft.parts.get(number="1.1.1"), draft.parts.get(number="1")
    page = _at_draft("part_place", draft, part.key)
    return Case(user, page, _is(part, parent=segment), {"above": str(segment.key)})


def _conclusions_remove(stage: Stage) -> Case:
    user, draft = _drafted(stage)
    part = draft.parts.get(number="1.1.1")
    return Case(user, _at_draft("part_remove", draft, part.key), _gone(part))


def _conclusions_facts(stage: Stage) -> Case:
    user, draft = _drafted(stage)
    part = draft.parts.get(number="1.1.1")
    page = _at_draft("facts", draft, part.key)
    return Case(user, page, part.addressees.filter(type_code="state").exists, {"addressees": ["state"]})


def _conclusions_force(stage: Stage) -> Case:
    user, draft = _drafted(stage)
    part = draft.parts.get(number="1.1.1")
    page, typed = _at_draft("force", draft, part.key), {"force": "many", "note": WORDS}
    return Case(user, page, part.force_choices.filter(note=WORDS).exists, typed)


def _conclusions_mark(stage: Stage) -> Case:
    user, draft = _drafted(stage)
    part, segment, said = draft.parts.get(number="1.1.1"), draft.parts.get(number="1"), _heard(stage)
    page = _at_draft("mark", draft, segment.key, said.key)
    typed = {"words": "Nobody pays.", "recommendation": str(part.key), "note": WORDS}
    return Case(user, page, part.evidence.filter(note=WORDS).exists, typed)


def _conclusions_documents(stage: Stage) -> Case:
    user, draft = _drafted(stage)
    part, segment = draft.parts.get(number="1.1.1"), draft.parts.get(number="1")
    document = LibraryDocument.objects.create(
        title="A declaration",
        language="en",
        sha256="1" * 64,
        passages_count=1,
        created_at=stage.now,
        updated_at=stage.now,
    )
    document.passages.create(position=1, text="Nobody pays. Nobody waits.")
    page = f"{_at_draft('documents', draft, segment.key)}?document={document.public_id}"
    typed = {"words": "Nobody waits.", "recommendation": str(part.key), "note": WORDS}
    return Case(user, page, part.evidence.filter(note=WORDS).exists, typed)


def _conclusions_detach(stage: Stage) -> Case:
    user, draft = _drafted(stage)
    part, segment, said = draft.parts.get(number="1.1.1"), draft.parts.get(number="1"), _heard(stage)
    evidence = attach(part, passage_of(said, "Nobody pays."), user)
    page = _at_draft("mark", draft, segment.key, said.key)
    return Case(user, page, _gone(evidence), action=_at_draft("detach", draft, evidence.pk))


def _conclusions_summary(stage: Stage) -> Case:
    user, draft = _drafted(stage)
    page = _at_draft("summary", draft, "en")
    return Case(user, page, draft.summaries.filter(text=WORDS).exists, {"text": WORDS})


def _conclusions_publish(stage: Stage) -> Case:
    user, draft = _drafted(stage)
    complete(draft, make_user(Group.EDITOR))
    return Case(user, _at_draft("publish", draft), _is(draft, state="published"), {"closes": "on"})


BUILDERS: dict[str, Callable[[Stage], Case]] = {
    "conclusions:new": _new_conclusions,
    "conclusions:part_new": _new_conclusions_part,
    "conclusions:part": _conclusions_part,
    "conclusions:part_up": _conclusions_move("part_up"),
    "conclusions:part_down": _conclusions_move("part_down"),
    "conclusions:part_place": _conclusions_place,
    "conclusions:part_remove": _conclusions_remove,
    "conclusions:facts": _conclusions_facts,
    "conclusions:force": _conclusions_force,
    "conclusions:mark": _conclusions_mark,
    "conclusions:documents": _conclusions_documents,
    "conclusions:detach": _conclusions_detach,
    "conclusions:summary": _conclusions_summary,
    "conclusions:publish": _conclusions_publish,
}
