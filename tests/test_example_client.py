"""The client `docs/client.py` reads a running portal as a program elsewhere does, in a process of its own."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django.live_server_helper import LiveServer

from portal.organizations.models import Organization
from tests.factories import make_pledge, publish_pledge

CLIENT = Path(settings.BASE_DIR) / "docs" / "client.py"


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    # Without what the portal has installed.
    command = [sys.executable, "-I", "-S", str(CLIENT), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.django_db(transaction=True)
def test_it_lists_pledges_and_follows_next(live_server: LiveServer, organization: Organization) -> None:
    numbers = [
        publish_pledge(make_pledge(organization, title=f"Compromiso {each}")).public_id for each in range(3)
    ]
    done = run(live_server.url, "pledges", "size=2", "ui=es")
    assert (done.returncode, done.stderr) == (0, "")
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert [line[0] for line in lines] == numbers[::-1]
    assert [line[2] for line in lines] == [f"Compromiso {each}" for each in (2, 1, 0)]
    assert {len(line) for line in lines} == {4}


@pytest.mark.django_db(transaction=True)
def test_it_says_what_the_api_refuses(live_server: LiveServer) -> None:
    done = run(live_server.url, "pledges", "country=mx")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("422: ")
    assert '"country"' in done.stderr
    assert run("file:///etc", "pledges").returncode == 1
