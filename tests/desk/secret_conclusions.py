"""Conclusions with a word that could leak wherever something of them is private; `test_leaks.py` looks."""

from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.conclusions.domain import Passage, attach_evidence, set_disposition
from portal.conclusions.enums import Outcome, PartKind, Stance
from portal.conclusions.models import Conclusions
from portal.conclusions.objections.domain import dismiss, file_objection
from portal.interventions.models import Intervention
from tests.factories import make_user
from tests.factories.backed_conclusions import make_conclusions, publish_draft
from tests.factories.conclusions import make_conclusions as make_draft
from tests.factories.pages import ConsultationTree


def make_secret_conclusions(
    tree: ConsultationTree, public: Intervention, waiting: Intervention, owner: User, word: str
) -> Conclusions:
    """Public ones, an objection to them with its decision, and a draft of the next version with evidence."""
    published = make_conclusions(tree)
    publish_draft(published)
    objection = file_objection(
        consultation_key=published.consultation_key,
        intervention_key=public.key,
        text=f"Objection {word}",
        language="es",
        actor=person(owner),
        now=timezone.now(),
    )
    decider = person(make_user(Group.MODERATOR))
    dismiss(objection, reason=f"Decision {word}", actor=decider, now=timezone.now())
    draft = make_draft(published.consultation_key, words=f"Conclusion {word}", number=2)
    drafter, now = person(make_user(Group.EDITOR)), timezone.now()
    part = draft.parts.get(kind=PartKind.RECOMMENDATION)
    quoted = Passage(intervention_key=waiting.key, field="body", start=0, end=len(f"Body {word}"))
    note = {"note": f"Note {word}"}
    attach_evidence(part, quoted, stance=Stance.SUPPORTS, **note, actor=drafter, now=now)
    set_disposition(
        draft,
        intervention_key=public.key,
        outcome=Outcome.NOT_REFLECTED,
        reason=f"Disposition {word}",
        translations={"pt": f"Disposition {word}"},
        actor=drafter,
        now=now,
    )
    return draft
