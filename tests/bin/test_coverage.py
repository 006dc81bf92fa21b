"""`bin/_coverage.py` joins what the runs measured and judges it by group."""

import subprocess
import sys
from pathlib import Path

import _coverage
import pytest
from django.conf import settings

SCRIPT = Path(settings.BASE_DIR) / "bin" / "_coverage.py"
PROJECT = {
    "pyproject.toml": '[tool.coverage.run]\nbranch = true\nsource = ["portal", "search"]\n',
    "portal/rules.py": "def can(actor):\n    if actor:\n        return True\n    return False\n",
    "search/index.py": "READY = 1\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in PROJECT.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "runs").mkdir()
    return tmp_path


def run(project: Path, name: str, code: str) -> None:
    """One run of the code, measured as `bin/test` does."""
    (project / "run.py").write_text("import sys\nsys.path.insert(0, '.')\n" + code)
    command = [sys.executable, "-m", "coverage", "run", f"--data-file=runs/run-{name}", "run.py"]
    subprocess.run(command, cwd=project, check=True)


def judged(project: Path) -> tuple[int, str]:
    answer = subprocess.run(
        [sys.executable, SCRIPT, "runs"], cwd=project, capture_output=True, text=True, check=False
    )
    return answer.returncode, answer.stdout


def test_runs_are_joined(project: Path) -> None:
    run(project, "one", "from portal.rules import can\nimport search.index\ncan(1)\n")
    code, said = judged(project)
    assert (code, "  portal/rules.py: 4; 2>4" in said) == (1, True)
    run(project, "two", "from portal.rules import can\ncan(0)\n")
    code, said = judged(project)
    assert (code, said.splitlines()[0]) == (0, "Measured in one, two.")
    assert [line.split()[-2:] for line in said.splitlines()[2:]] == [
        ["100.00%", "100%"],
        ["100.00%", "98%"],
        ["100.00%", "97%"],
    ]


def test_what_no_run_loads_counts_as_missing(project: Path) -> None:
    run(project, "one", "from portal.rules import can\ncan(0)\ncan(1)\n")
    code, said = judged(project)
    assert (code, "  search/index.py: 1" in said) == (1, True)


@pytest.mark.parametrize(
    ("path", "groups"),
    [
        ("portal/pledges/rules.py", ["domain and rules", "whole"]),
        ("portal/observatory/saved/domain.py", ["domain and rules", "whole"]),
        ("search/index/rules.py", ["domain and rules", "search", "whole"]),
        ("portal/search_rules.py", ["whole"]),
    ],
)
def test_files_belong_to_groups_by_name(path: str, groups: list[str]) -> None:
    assert [group.name for group in _coverage.GROUPS if group.of({path: {}})] == groups
