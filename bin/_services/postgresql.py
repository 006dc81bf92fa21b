"""A PostgreSQL cluster of our own, made and run without touching the machine's; for bin/services."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from _services import processes
from _services.processes import ServiceError

OLDEST = 15
ADMIN, ROLE, DATABASE = "portal_admin", "portal", "portal"
# A throw-away cluster: speed before safety over a power cut.
CONFIGURATION = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 60
"""


def programs() -> Path:
    """The folder of the newest installed server; Debian keeps it off the PATH."""
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: int(path.parts[-3]), reverse=True
    )
    on_path = shutil.which("pg_ctl")
    folder = installed[0].parent if installed else Path(on_path).resolve().parent if on_path else None
    if folder is None:
        raise ServiceError("PostgreSQL is not installed (Debian and Ubuntu: apt-get install postgresql).")
    command = (folder / "postgres", "--version")
    version = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    major = re.search(r"(\d+)", version)
    if not major or int(major.group(1)) < OLDEST:
        raise ServiceError(f"PostgreSQL {OLDEST} or newer is needed, found {version.strip()}.")
    return folder


class PostgreSQL:
    name = "postgresql"
    variable = "DATABASE_URL"

    def __init__(self, base: Path) -> None:
        self.folder = base / self.name
        self.data = self.folder / "data"
        self.log = self.folder / "server.log"
        self.account = "postgres" if os.geteuid() == 0 else None

    @property
    def password(self) -> str:
        return (self.folder / "password").read_text().strip()

    @property
    def address(self) -> str:
        port = (self.folder / "port").read_text().strip()
        return f"postgres://{ROLE}:{self.password}@127.0.0.1:{port}/{DATABASE}"

    def exports(self) -> dict[str, str]:
        return {self.variable: self.address}

    def running(self) -> bool:
        return processes.our_process(self.data / "postmaster.pid", str(self.data)) is not None

    def whole(self) -> bool:
        return self.running()

    def start(self) -> str:
        """Make the cluster if there is none, start it, make role and database; the version that answers."""
        folder = programs()
        self.folder.mkdir(parents=True, exist_ok=True)
        self._make_cluster(folder)
        port = processes.chosen_port(self.folder, "PORTAL_POSTGRESQL_PORT")
        command = (folder / "pg_ctl", "start", "-D", self.data, "-w", "-t", "60")
        self._as_server((*command, "-l", self.log, "-o", f"-p {port}"), "could not start")
        self._make_database(folder, port)
        return f"PostgreSQL {self._query(folder, port, 'SHOW server_version').split()[0]}"

    def stop(self) -> None:
        command = (
            programs() / "pg_ctl",
            "stop",
            "-D",
            self.data,
            "-m",
            "fast",
            "-w",
            "-t",
            "60",
        )
        self._as_server(command, "does not stop")

    def _make_cluster(self, folder: Path) -> None:
        if (self.data / "PG_VERSION").exists():
            return
        shutil.rmtree(self.data, ignore_errors=True)
        secret = self.folder / "password"
        secret.touch(mode=0o600)
        secret.write_text(secrets.token_urlsafe(18))
        self.data.mkdir()
        self.log.touch()
        processes.give_to(self.account, self.folder)
        command = (
            folder / "initdb",
            "-D",
            self.data,
            "--encoding=UTF8",
            "--locale=C.UTF-8",
        )
        access = ("-U", ADMIN, "--auth=scram-sha-256", f"--pwfile={secret}", "--no-sync")
        self._as_server((*command, *access), "could not be made")
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(CONFIGURATION)

    def _make_database(self, folder: Path, port: int) -> None:
        if not self._query(folder, port, f"SELECT 1 FROM pg_roles WHERE rolname = '{ROLE}'"):
            self._query(folder, port, f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{self.password}'")
        if not self._query(folder, port, f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'"):
            self._query(folder, port, f"CREATE DATABASE {DATABASE} OWNER {ROLE}")

    def _query(self, folder: Path, port: int, statement: str) -> str:
        where = ["-h", "127.0.0.1", "-p", str(port), "-U", ADMIN, "-d", "postgres"]
        done = subprocess.run(
            [folder / "psql", *where, "-v", "ON_ERROR_STOP=1", "-Atqc", statement],
            env={**os.environ, "PGPASSWORD": self.password},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise ServiceError(done.stderr.strip())
        return done.stdout.strip()

    def _as_server(self, command: Sequence[str | Path], failure: str) -> None:
        if processes.run_as(self.account, command, folder=self.folder, env={}, log=self.log):
            raise ServiceError(f"the cluster in {self.data} {failure}.")
