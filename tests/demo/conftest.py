"""The demo is loaded before all else."""

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Towards the end workers take tests from each other; two of this module's would load the demo twice."""
    items.sort(key=lambda item: "demo" not in getattr(item, "fixturenames", ()))
