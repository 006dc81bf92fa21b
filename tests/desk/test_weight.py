"""A step on a weak connection: at most 45 KB compressed for the first view, everything it loads counted.

Of these some 3 KB are the script by which the step saves itself.
"""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from portal.accounts.models import User
from portal.interventions.models import Intervention
from portal.organizations.models import Organization
from tests.factories import make_intervention
from tests.factories.pages import ConsultationTree, make_questions

LIMIT = 45 * 1024
PACKED = {".woff2"}


@pytest.fixture
def draft(organization: Organization, consultation_pages: ConsultationTree) -> Intervention:
    """With the longest text that is allowed, beside a hundred questions."""
    make_questions(consultation_pages.area, 98, codes=("es",), start=3)
    words = " ".join(f"word{number}" for number in range(1200))
    return make_intervention(organization, questions=consultation_pages.questions, body=words)


def loaded(html: str) -> int:
    """Compressed size of the page and of each file of ours that it names."""
    names = set(re.findall(r'(?:href|src)="/static/([^"]+)"', html))
    total = len(gzip.compress(html.encode(), 6))
    for name in names:
        content = (Path(settings.BASE_DIR) / "static" / name).read_bytes()
        total += len(content) if Path(name).suffix in PACKED else len(gzip.compress(content, 6))
    return total


@pytest.mark.long
def test_each_step_is_light(client: Client, focal_point: User, draft: Intervention) -> None:
    client.force_login(focal_point)
    for step in ("questions", "answer", "recommendations", "check", "detail"):
        with translation.override("es"):
            path = reverse(f"interventions_desk:{step}", args=[draft.key])
        html = client.get(path).content.decode()
        assert html.count("/static/") >= 4
        size = loaded(html)
        assert size <= LIMIT, (step, size)
