"""A joint statement that was returned has its term of correction also where it is signed anew."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.accounts.models import User
from portal.common.actors import person
from portal.common.errors import Incomplete
from portal.consultations.models import ConsultationPage
from portal.interventions.drafts import InterventionFields
from portal.joint import domain
from portal.joint.models import Signature
from portal.organizations.models import Organization
from portal.submissions import domain as submissions
from portal.submissions.deadlines import CORRECTING, GRACE
from portal.submissions.queries import versions_of
from tests.factories.joint import make_joint, make_signatories, owner_of
from tests.factories.pages import ConsultationTree

pytestmark = pytest.mark.django_db
OPENED, ENDS = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 6, 14, 21, tzinfo=UTC)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@pytest.mark.few(1)
@pytest.mark.parametrize(("after", "taken"), [(CORRECTING - DAY, True), (CORRECTING + DAY, False)])
def test_it_is_changed_signed_and_submitted_again_within_the_term_and_stays_late(
    organization: Organization,
    focal_point: User,
    moderator: User,
    consultation_pages: ConsultationTree,
    after: timedelta,
    taken: bool,
) -> None:
    ConsultationPage.objects.update(opens_at=OPENED, deadline=ENDS)
    actor, [other] = person(focal_point), make_signatories(1)
    draft = make_joint(organization, [other], questions=consultation_pages.questions, created_at=ENDS - DAY)

    def signed(now: datetime) -> None:
        draft.refresh_from_db()
        domain.open_for_signing(draft, actor=actor, now=now)
        row = Signature.objects.select_related("statement").get(statement__submission_key=draft.key)
        domain.sign(row, digest=row.statement.digest, word="", actor=person(owner_of(other)), now=now)

    def submit(now: datetime) -> None:
        draft.refresh_from_db()
        submissions.submit(draft, submit_key=draft.submit_key, actor=actor, now=now)

    signed(ENDS + SECOND)
    submit(ENDS + GRACE - SECOND)
    draft.refresh_from_db()
    submissions.return_to_author(draft, reason="Say where.", actor=person(moderator), now=ENDS + DAY)
    draft.refresh_from_db()
    fields = InterventionFields(title="Another title")
    submissions.save_draft(draft, fields=fields, revision=draft.revision, actor=actor, now=ENDS + DAY)
    signed(ENDS + 2 * DAY)
    if taken:
        submit(ENDS + DAY + after)
        assert [version.is_late for version in versions_of(draft)] == [True, True]
    else:
        with pytest.raises(Incomplete):
            submit(ENDS + DAY + after)
