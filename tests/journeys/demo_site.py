"""Own the filling and the serving of the demonstration by the commands a newcomer types, each journey on a copy of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
YEYI = Path(sys.executable).with_name("yeyi")
_DATABASE = "yeyi.sqlite3"
_START_SECONDS = 60
_STOP_SECONDS = 20


def fill(instance: Path) -> None:
    """Fill an instance folder with the demonstration, as `make run` does the first time."""
    run_yeyi(instance, "demo")


def run_yeyi(instance: Path, *arguments: str, status: int = 0) -> str:
    """Run a command of the product on an instance and return what it printed."""
    done = subprocess.run([YEYI, *arguments], cwd=ROOT, env=environment(instance), capture_output=True, text=True, timeout=300)
    assert done.returncode == status, f"yeyi {' '.join(arguments)} gave {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def environment(instance: Path, **more: str) -> dict[str, str]:
    """Return the environment of the demonstration."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YEYI_")}
    return {**kept, "YEYI_INSTANCE": str(instance), "YEYI_DEMO": "1", **more}


def copy_instance(filled: Path, to: Path) -> Path:
    """Copy a filled instance; the database through its own backup, so that what is in the write-ahead log comes along."""
    shutil.copytree(filled, to, ignore=shutil.ignore_patterns(f"{_DATABASE}*"), dirs_exist_ok=True)
    with closing(sqlite3.connect(filled / _DATABASE)) as source, closing(sqlite3.connect(to / _DATABASE)) as target:
        source.backup(target)
    return to


@contextmanager
def served(instance: Path) -> Iterator[DemoSite]:
    """Serve an instance; in the end it is interrupted, and held to a clean stop."""
    site = DemoSite(instance)
    site.start()
    try:
        yield site
    except BaseException as trouble:
        site.kill()
        trouble.add_note(f"yeyi serve wrote: {site.log()[-2000:]}")
        raise
    site.stop()


@dataclass(frozen=True)
class DemoOwner:
    """Hold an owner of the account list: what he knows of himself."""

    phone: str
    name: str
    door: str
    tail: str
    complex_name: str


@dataclass
class DemoSite:
    """Be the served demonstration: the web server and its worker, until interrupted."""

    instance: Path
    port: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """Return where the site is."""
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        """Serve on a free port and wait for the first answer."""
        self.port = _free_port()
        with (self.instance / "serve.log").open("wb") as log:
            self.process = subprocess.Popen(
                [YEYI, "serve"],
                cwd=ROOT,
                env=environment(self.instance, PORT=str(self.port)),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            self._wait_until_it_answers()
        except AssertionError:
            self.kill()
            raise

    def kill(self) -> None:
        """End it without ceremony, after something else has failed."""
        assert self.process is not None
        if _group_lives(self.process.pid):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Interrupt it as Ctrl-C does, and hold it to a clean end: status 0, no process left, nothing said in anger."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        try:
            status = self.process.wait(timeout=_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"yeyi serve did not stop within {_STOP_SECONDS} s\n{self.log()}") from None
        assert status == 0, f"yeyi serve ended with {status}\n{self.log()}"
        assert not _group_lives(self.process.pid), "a process of the server is left over"
        assert "Traceback" not in self.log(), self.log()

    def log(self) -> str:
        """Return what the server wrote."""
        return (self.instance / "serve.log").read_text()

    def owners(self, complex_name: str) -> list[DemoOwner]:
        """List the owners of a complex whom the account list names as not having voted."""
        rows = json.loads((self.instance / "demo-accounts.json").read_text())
        return [_owner(row) for row in rows if row["kind"] == "owner" and row["role"].startswith(complex_name)]

    def elections(self, slug: str) -> list[dict[str, Any]]:
        """List the elections of a complex as `yeyi elections list` gives them."""
        listed = json.loads(run_yeyi(self.instance, "demo", "--json"))["elections"]
        return [row for row in listed if row["complex"] == slug]

    def _wait_until_it_answers(self) -> None:
        assert self.process is not None
        until = time.monotonic() + _START_SECONDS
        while time.monotonic() < until:
            assert self.process.poll() is None, self.log()
            try:
                with urllib.request.urlopen(f"{self.url}/roles", timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise AssertionError(f"no answer within {_START_SECONDS} s\n{self.log()}")


def _owner(row: dict[str, str]) -> DemoOwner:
    door, name, tail = row["hint"].removeprefix("登记时填：").split("，")
    return DemoOwner(row["sign_in"], name, door, tail.removeprefix("证件后六位 "), row["role"].partition("业主")[0])


def _group_lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
