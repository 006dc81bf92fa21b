"""The documents of an assessment as files: kept clean, and copied for everybody where they are open."""

from datetime import datetime

from portal.common.actors import Actor, system
from portal.common.errors import WrongState
from portal.files import domain as files
from portal.files.intake import Wanted
from portal.files.models import StoredFile
from portal.files.refusals import Refused
from portal.followup.assessing.evidence import ACCEPTED, papers_of
from portal.followup.models.assessments import Assessment, AssessmentPaper
from portal.publication.enums import RecordKind
from portal.publication.queries import published
from portal.reports.models import Evidence

FOLLOWING = system("followup")
WANTED = Wanted(kinds=ACCEPTED)


def store_paper(content: bytes, name: str, *, actor: Actor, now: datetime) -> StoredFile:
    """A document as it may be public. Raises `Refused`."""
    return files.store_file(content, name, actor=actor, now=now, wanted=WANTED)


def publish_papers(assessment: Assessment, *, actor: Actor, now: datetime) -> None:
    """Copies of those that everybody may read. Raises `WrongState` for what cannot be cleaned."""
    for file in papers_of(assessment.pk).open:
        try:
            files.publish_copy(file, actor=actor, now=now)
        except Refused as refusal:
            raise WrongState(refusal.message) from refusal


def withdraw_papers(assessment: Assessment, *, now: datetime) -> None:
    """The copies go, unless another public record shows the same document."""
    for file in papers_of(assessment.pk).files:
        if file.is_public and not _is_shown_elsewhere(file, assessment):
            files.withdraw_copy(file, actor=FOLLOWING, now=now)


def _is_shown_elsewhere(file: StoredFile, assessment: Assessment) -> bool:
    public = {
        kind: published(kind).order_by().values("source_key")
        for kind in (RecordKind.ASSESSMENT, RecordKind.REPORT)
    }
    others = AssessmentPaper.objects.filter(file=file, is_open=True).exclude(assessment=assessment)
    if others.filter(assessment__key__in=public[RecordKind.ASSESSMENT]).exists():
        return True
    return Evidence.objects.filter(file=file, report__key__in=public[RecordKind.REPORT]).exists()
