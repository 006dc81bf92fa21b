"""What keeps searches and passages stands on an index: the fixtures of the search tests."""

from tests.search.conftest import index, library_document  # noqa: F401  # fixtures
