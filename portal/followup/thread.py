"""The thread from question to review through any public thing; the read API and other apps call `trace`."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from portal.cms.queries import pages_by_key
from portal.consultations.models import GuidingQuestionPage
from portal.consultations.threads import Joint, Thread, joint, thread_of_question, thread_of_record
from portal.publication.enums import Stage
from portal.publication.queries import record_by_public_id


@dataclass(frozen=True, slots=True)
class Trace:
    """One public thing and what hangs together with it, by stage."""

    subject: Joint
    thread: Thread


def trace(public_id: str, language: str) -> Trace:
    """From a record's number (I-, P-, O-) or a guiding question's translation key.

    Raises `Http404` for what is not public, `Gone` for what was withdrawn. At most eleven queries,
    however much hangs together.
    """
    try:
        key = UUID(public_id)
    except ValueError:
        record = record_by_public_id(public_id)
        return Trace(joint(record, language), thread_of_record(record, language))
    return _of_question(key, language)


def _of_question(key: UUID, language: str) -> Trace:
    page = pages_by_key([key], language).get(key)
    if page is None or not GuidingQuestionPage.objects.filter(translation_key=key).exists():
        raise Http404(str(key))
    subject = Joint(str(key), Stage.QUESTION.value, page.title, page.url, page.language)
    return Trace(subject, thread_of_question(key, language))
