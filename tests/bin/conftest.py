"""Makes the modules below bin/ importable for the tests beside this file."""

import importlib.util
import sys
from collections.abc import Callable
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bin"))


@pytest.fixture
def script() -> Callable[[str], ModuleType]:
    """Loads a Python script of bin/ by its file name, without running its main part."""

    def load(name: str) -> ModuleType:
        loader = SourceFileLoader(f"bin_{name.strip('_').removesuffix('.py')}", str(ROOT / "bin" / name))
        spec = importlib.util.spec_from_loader(loader.name, loader)
        assert spec is not None
        module = importlib.util.module_from_spec(spec)
        loader.exec_module(module)
        return module

    return load
