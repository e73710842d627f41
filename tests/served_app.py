"""Own the running of the real application under gunicorn for tests that need processes: killing, and measuring."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.settings import Settings
from tests.ballots_support import Device

ROOT = Path(__file__).parents[1]


@dataclass
class ServedApp:
    """Be gunicorn with its workers, in a process group of its own."""

    settings: Settings
    workers: int = 2
    port: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Start the server on a free port, or again on the same one, and wait until it answers."""
        self.port = self.port or _free_port()
        environment = {
            **os.environ,
            "YEYI_INSTANCE": str(self.settings.instance_path),
            "YEYI_DATABASE_URL": self.settings.database_url,
            "YEYI_SESSION_SECRET": self.settings.session_secret,
            "YEYI_DATA_KEY": self.settings.data_key.hex(),
            "YEYI_LOG_KEY": self.settings.log_key.hex(),
            "YEYI_INSECURE_COOKIES": "1",
            # Takes every message and lets none leave the machine.
            "YEYI_SMS_GATEWAY": "app.outbox.gateways:OutboxPageGateway",
        }
        command = [sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{self.port}"]
        command += ["--workers", str(self.workers), "--worker-class", "gthread", "--threads", "4", "--log-level", "error"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
        _wait_until_open(self.port, self.process)

    def kill(self) -> None:
        """Kill the server and every worker with SIGKILL; nothing is finished or flushed."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=20)

    def stop(self) -> None:
        """Stop the server if it runs."""
        if self.process is not None and self.process.poll() is None:
            self.kill()


@dataclass
class HttpOwner:
    """Be an owner's browser that talks to the served application over HTTP with one kept connection."""

    served: ServedApp
    device: Device
    csrf: str = ""
    cookie: str = ""
    connection: http.client.HTTPConnection | None = field(default=None, repr=False)

    def open_booth(self) -> dict[str, Any]:
        """Fetch booth.json: the token and the session that go with the ballot."""
        kept = self.device.client.get_cookie("yeyi")
        assert kept is not None
        self.cookie = self.cookie or f"yeyi={kept.value}"
        status, body, cookie = self._ask("GET", "booth.json", None)
        assert status == 200, body
        self.cookie = cookie or self.cookie
        self.csrf = body["csrf"]
        return body

    def cast(self, raw: bytes) -> tuple[int, dict[str, Any]]:
        """Send a ballot; raises OSError or HTTPException when no answer came."""
        status, body, _ = self._ask("POST", "ballots", raw)
        return status, body

    def close(self) -> None:
        """Close the connection."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def _ask(self, method: str, tail: str, body: bytes | None) -> tuple[int, dict[str, Any], str]:
        headers = {"Cookie": self.cookie, "Accept": "application/json", "X-CSRFToken": self.csrf}
        if body is not None:
            headers["Content-Type"] = "application/json"
        connection = self.connection or http.client.HTTPConnection("127.0.0.1", self.served.port, timeout=30)
        self.connection = connection
        try:
            connection.request(method, self.device.url(tail), body, headers)
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
        return answer.status, json.loads(content), cookie


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_open(port: int, process: subprocess.Popen[bytes]) -> None:
    for _attempt in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"gunicorn ended with {process.returncode}")
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/roles")
            if connection.getresponse().status == 200:
                return
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        finally:
            connection.close()
    raise TimeoutError("gunicorn did not answer")
