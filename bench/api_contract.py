"""Asks the read API of a running portal what schemathesis makes up from its OpenAPI document, and compares.

    bin/demo                                  # in another terminal
    .venv/bin/python bench/api_contract.py http://127.0.0.1:8000 [--examples 30]

schemathesis is installed in a folder of its own, which is removed. Exits 1 where an answer is not
in the document, has another shape, or is a failure of the server.
"""

import argparse
import subprocess
import sys
import venv
from pathlib import Path
from tempfile import TemporaryDirectory

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
PHASES = "examples,coverage,fuzzing"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site")
    parser.add_argument("--examples", type=int, default=30, help="questions for each address")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        tools = Path(folder) / "bin"
        subprocess.run([tools / "pip", "install", "--quiet", "schemathesis==4.*"], check=True)
        command = [
            str(tools / "schemathesis"),
            *("run", f"{asked.site}/api/v1/openapi.json"),
            *("--checks", ",".join(CHECKS), "--phases", PHASES),
            *("--max-examples", str(asked.examples), "--seed", str(asked.seed)),
            *("--mode", "all", "--continue-on-failure", "--no-color"),
        ]
        return subprocess.run(command, cwd=folder, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
