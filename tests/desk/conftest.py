"""Desk pages of submissions are tried with every type of them."""

from tests.submissions.conftest import kind  # noqa: F401  # fixture
