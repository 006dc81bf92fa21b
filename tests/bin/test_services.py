"""bin/_services: ports, whose process is whose, what may be downloaded. Servers run in bin/test --all."""

import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from _services import elasticsearch, elasticsearch_cluster, processes


@pytest.fixture
def sleeper(tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A process whose command line carries the test's folder."""
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)", str(tmp_path)])
    yield process
    process.kill()
    process.wait()


def test_port_from_the_environment_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_POSTGRESQL_PORT", "43210")
    assert processes.chosen_port(tmp_path, "PORTAL_POSTGRESQL_PORT") == 43210
    assert (tmp_path / "port").read_text() == "43210"


def test_port_is_kept_while_it_is_free(tmp_path: Path) -> None:
    """Nobody listens at the port that is held here, and the system gives it to nobody else."""
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.bind(("127.0.0.1", 0))
        port = holder.getsockname()[1]
        (tmp_path / "port").write_text(str(port))
        assert processes.chosen_port(tmp_path, "PORTAL_NO_SUCH_PORT") == port


def test_port_that_is_used_gives_way_to_a_free_one(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        (tmp_path / "port").write_text(str(port))
        chosen = processes.chosen_port(tmp_path, "PORTAL_NO_SUCH_PORT")
    assert (chosen != port, (tmp_path / "port").read_text()) == (True, str(chosen))


def test_our_process_is_known_by_its_folder(tmp_path: Path, sleeper: "subprocess.Popen[bytes]") -> None:
    pid_file = tmp_path / "pid"
    pid_file.write_text(f"{sleeper.pid}\nmore\n")
    assert processes.our_process(pid_file, str(tmp_path)) == sleeper.pid
    assert processes.our_process(pid_file, "/another/folder") is None


@pytest.mark.parametrize("content", ["", "no number", "999999999"])
def test_our_process_is_none_for_a_useless_pid_file(tmp_path: Path, content: str) -> None:
    (tmp_path / "pid").write_text(content)
    assert processes.our_process(tmp_path / "pid", str(tmp_path)) is None
    assert processes.our_process(tmp_path / "missing", str(tmp_path)) is None


def test_end_process_leaves_anothers_alone(tmp_path: Path, sleeper: "subprocess.Popen[bytes]") -> None:
    (tmp_path / "pid").write_text(str(sleeper.pid))
    processes.end_process(tmp_path / "pid", "/another/folder", seconds=1)
    assert sleeper.poll() is None


def test_end_process_ends_ours(tmp_path: Path, sleeper: "subprocess.Popen[bytes]") -> None:
    (tmp_path / "pid").write_text(str(sleeper.pid))
    processes.end_process(tmp_path / "pid", str(tmp_path), seconds=10)
    assert sleeper.wait(60) == -15


def test_waiting_fails_when_the_server_ended() -> None:
    with pytest.raises(processes.ServiceError, match="ended while starting"):
        processes.wait_until(lambda: False, alive=lambda: False, seconds=60)


def test_waiting_fails_after_its_time() -> None:
    with pytest.raises(processes.ServiceError, match="did not answer within 0 s"):
        processes.wait_until(lambda: False, alive=lambda: True, seconds=0)


def test_last_lines_are_bounded(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("\n".join(f"line {number}" for number in range(100)))
    shown = processes.last_lines(log).splitlines()
    assert (shown[0], shown[-1], len(shown)) == ("    line 80", "    line 99", 20)


def test_java_major_is_read_from_the_release_file(tmp_path: Path) -> None:
    (tmp_path / "release").write_text('IMPLEMENTOR="x"\nJAVA_VERSION="21.0.4"\n')
    assert elasticsearch.java_major(tmp_path) == 21
    assert elasticsearch.java_major(tmp_path / "missing") == 0


def test_distribution_with_another_checksum_is_refused_and_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_CACHE_DIR", str(tmp_path))
    cached = tmp_path / "elasticsearch-9.1.5.zip"
    cached.write_bytes(b"something else")
    with pytest.raises(processes.ServiceError, match="not the one pinned"):
        elasticsearch.distribution("9.1.5")
    assert not cached.exists()


def test_unpack_keeps_the_right_to_run(tmp_path: Path) -> None:
    archive = tmp_path / "server.zip"
    with zipfile.ZipFile(archive, "w") as target:
        for name, mode in (("server/bin/start", 0o755), ("server/notes.txt", 0o644)):
            entry = zipfile.ZipInfo(name)
            entry.external_attr = mode << 16
            target.writestr(entry, "#!/bin/sh\n")
    elasticsearch.unpack(archive, tmp_path / "out")
    assert (tmp_path / "out/server/bin/start").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "out/server/notes.txt").stat().st_mode & 0o777 == 0o644


def test_the_clusters_role_is_the_one_operators_are_told() -> None:
    page = (processes.ROOT / "docs" / "search-cluster.md").read_text()
    assert f"```yaml\n{elasticsearch_cluster.ROLES}```" in page


def test_the_portals_user_has_only_its_own_role() -> None:
    assert elasticsearch_cluster.ROLES.startswith(f"{elasticsearch_cluster.ROLE}:\n  cluster: []\n")


def test_nothing_starts_the_cluster_by_accident(
    script: Callable[[str], ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_SERVICES_DIR", str(tmp_path))
    services = script("services")
    usual = ["postgresql", "elasticsearch", "elasticsearch8"]
    for action in ("start", "stop", "status", "env"):
        assert services.usual_names(services.all_services(), action) == usual


def test_a_cluster_without_processes_is_not_running(tmp_path: Path) -> None:
    cluster = elasticsearch_cluster.ElasticsearchCluster(tmp_path, version="9.1.5")
    assert (cluster.running(), cluster.whole()) == (False, False)
