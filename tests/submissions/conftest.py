"""Each test that asks for `kind` runs once for every type of submission."""

import pytest

from tests.submissions.kinds import KINDS, Kind


@pytest.fixture(params=sorted(KINDS))
def kind(request: pytest.FixtureRequest) -> Kind:
    return KINDS[request.param]
