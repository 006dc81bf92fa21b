"""Three Elasticsearch nodes with https, certificates and users, on one machine; for bin/services.

Every start begins with nothing, except that a node that was killed joins the two that still run.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import shutil
import ssl
import urllib.error
import urllib.request
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from _services import processes
from _services.elasticsearch import (
    Elasticsearch,
    java_home,
    java_major,
    make_account,
    make_configuration,
    unpack_once,
)
from _services.processes import ServiceError

NODES = ("one", "two", "three")
USER, OPERATOR, ROLE = "portal", "operator", "portal_search"
# What the portal needs and no more: no privilege on the cluster, none on other indices.
ROLES = """\
portal_search:
  cluster: []
  indices:
    - names: ["cartagena40-*"]
      privileges: ["read", "write", "manage"]
"""
CONFIGURATION = """
cluster.name: portal-test-cluster
node.name: {node}
network.host: 127.0.0.1
http.port: {port}
transport.port: {transport}
path.data: {folder}/data
path.logs: {folder}/logs
discovery.seed_hosts: [{seeds}]
cluster.initial_master_nodes: [{nodes}]
cluster.routing.allocation.disk.threshold_enabled: false
xpack.security.enabled: true
xpack.security.http.ssl.enabled: true
xpack.security.http.ssl.key: node.key
xpack.security.http.ssl.certificate: node.crt
xpack.security.transport.ssl.enabled: true
xpack.security.transport.ssl.key: node.key
xpack.security.transport.ssl.certificate: node.crt
xpack.security.transport.ssl.certificate_authorities: [ca.crt]
"""


class Node(Elasticsearch):
    """One of the nodes; all run the same unpacked server, each with its own files."""

    def __init__(self, base: Path, home: Path, name: str, version: str) -> None:
        super().__init__(base, name=name, version=version, variable="")
        self.home = home

    @property
    def address(self) -> str:
        return f"https://127.0.0.1:{(self.folder / 'port').read_text().strip()}"


class ElasticsearchCluster:
    name = "elasticsearch-cluster"

    def __init__(self, base: Path, *, version: str) -> None:
        self.version = version
        self.folder = base / self.name
        self.home = self.folder / f"elasticsearch-{version}"
        self.log = self.folder / "server.log"
        self.ca = self.folder / "ca" / "ca.crt"
        self.account = "elasticsearch" if os.geteuid() == 0 else None
        self.nodes = [Node(self.folder, self.home, name, version) for name in NODES]

    def exports(self) -> dict[str, str]:
        """Every node's address with the portal's user; the authority; a user who may do everything."""
        first, *others = [node.address for node in self.nodes]
        user = f"{USER}:{self._password(USER)}"
        return {
            "TEST_CLUSTER_URL": ",".join([first.replace("//", f"//{user}@"), *others]),
            "TEST_CLUSTER_CA": str(self.ca),
            "TEST_CLUSTER_OPERATOR": f"{OPERATOR}:{self._password(OPERATOR)}",
        }

    def running(self) -> bool:
        return any(node.running() for node in self.nodes)

    def whole(self) -> bool:
        return all(node.running() for node in self.nodes)

    def start(self) -> str:
        """Make everything anew and start three nodes, or only those that are missing."""
        if not self.running():
            self._make()
        missing = [node for node in self.nodes if not node.running()]
        with ThreadPoolExecutor() as pool:
            list(pool.map(Node.launch, missing))
        processes.wait_until(self._is_formed, alive=self.whole, seconds=300)
        return f"Elasticsearch {self.version} on {len(self.nodes)} nodes (Java {java_major(java_home())})"

    def stop(self) -> None:
        with ThreadPoolExecutor() as pool:
            list(pool.map(Node.stop, self.nodes))

    def _make(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        unpack_once(self.version, self.folder)
        make_account(self.account)
        for name in (*NODES, "ca"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        transports = [processes.free_port() for _ in NODES]
        seeds = ", ".join(f'"127.0.0.1:{port}"' for port in transports)
        for node, transport in zip(self.nodes, transports, strict=True):
            node.folder.mkdir()
            values = {
                "node": node.name,
                "port": processes.chosen_port(node.folder, f"PORTAL_CLUSTER_{node.name.upper()}_PORT"),
                "transport": transport,
                "folder": node.folder,
                "seeds": seeds,
                "nodes": ", ".join(NODES),
            }
            make_configuration(self.home, node.folder, CONFIGURATION.format(**values))
        self._make_certificates()
        self._make_users()
        processes.give_to(self.account, self.folder)

    def _make_certificates(self) -> None:
        """An authority of our own, and one certificate for all nodes: they share the loopback address."""
        archive = self.folder / "ca.zip"
        archive.unlink(missing_ok=True)
        self._tool("elasticsearch-certutil", "ca", "--silent", "--pem", "--out", archive)
        with zipfile.ZipFile(archive) as source:
            source.extractall(self.folder)
        made = self.folder / "node.zip"
        made.unlink(missing_ok=True)
        authority = ("--ca-cert", self.ca, "--ca-key", self.ca.with_suffix(".key"))
        names = ("--name", "node", "--ip", "127.0.0.1", "--dns", "localhost")
        self._tool("elasticsearch-certutil", "cert", "--silent", "--pem", *authority, *names, "--out", made)
        with zipfile.ZipFile(made) as source:
            for node in self.nodes:
                for name in ("node.crt", "node.key"):
                    (node.folder / "config" / name).write_bytes(source.read(f"node/{name}"))
        for node in self.nodes:
            shutil.copy(self.ca, node.folder / "config" / "ca.crt")

    def _make_users(self) -> None:
        first, *others = [node.folder / "config" for node in self.nodes]
        (first / "roles.yml").write_text(ROLES)
        for user, role in ((USER, ROLE), (OPERATOR, "superuser")):
            secret = self.folder / f"{user}.password"
            secret.touch(mode=0o600)
            secret.write_text(secrets.token_urlsafe(18))
            words = ("useradd", user, "-p", secret.read_text(), "-r", role)
            self._tool("elasticsearch-users", *words, settings=first)
        for settings in others:
            for name in ("roles.yml", "users", "users_roles"):
                shutil.copy(first / name, settings / name)

    def _tool(self, name: str, *words: str | Path, settings: Path | None = None) -> None:
        """One of the server's own tools; it may run as ourselves, what it makes is given away later."""
        places = {
            "ES_JAVA_HOME": str(java_home()),
            "ES_PATH_CONF": str(settings or self.nodes[0].folder / "config"),
        }
        command = (self.home / "bin" / name, *words)
        if processes.run_as(None, command, folder=self.folder, env=places, log=self.log):
            raise ServiceError(f"{name} failed.")

    def _password(self, user: str) -> str:
        return (self.folder / f"{user}.password").read_text().strip()

    def _is_formed(self) -> bool:
        try:
            return all(
                self._get(node, "/_cluster/health")["number_of_nodes"] == len(self.nodes)
                for node in self.nodes
            )
        except (urllib.error.URLError, OSError, KeyError, ValueError):
            return False

    def _get(self, node: Node, path: str) -> dict[str, Any]:  # Any: what the server says
        secret = base64.b64encode(f"{OPERATOR}:{self._password(OPERATOR)}".encode()).decode()
        request = urllib.request.Request(node.address + path, headers={"Authorization": f"Basic {secret}"})
        context = ssl.create_default_context(cafile=str(self.ca))
        with urllib.request.urlopen(request, timeout=5, context=context) as response:
            return dict(json.load(response))
