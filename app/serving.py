"""Own the running of the product: the web server, the minute tick beside it, and migrations, as commands."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import FrameType

import click

TICK_SECONDS = 5
#: Dates of procedures are days; to look at them once a minute is enough.
PROCEDURE_SECONDS = 60


@click.command()
@click.option("--port", type=int, default=lambda: int(os.environ.get("PORT", "8000")), show_default="PORT or 8000")
@click.option("--workers", type=int, default=2, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
def serve(port: int, workers: int, host: str) -> None:
    """Serve the web application and the worker until interrupted."""
    worker_process = subprocess.Popen([sys.executable, "-m", "app.serving", "worker"])
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "wsgi:app"),
            *("--bind", f"{host}:{port}", "--workers", str(workers), "--worker-class", "gthread", "--threads", "4"),
            *("--graceful-timeout", "10", "--log-level", "warning", "--chdir", str(Path(__file__).parents[1])),
        ],
    )

    def stop(_number: int, _frame: FrameType | None) -> None:
        server.send_signal(signal.SIGTERM)

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    status = server.wait()
    worker_process.terminate()
    worker_process.wait(timeout=15)
    raise SystemExit(0 if status in (0, -signal.SIGTERM) else status)


@click.command()
@click.option("--once", is_flag=True, help="Run one tick and stop.")
def worker(once: bool) -> None:
    """Carry out what is due: close boxes, show reminders, send waiting messages. Any number may run beside each other."""
    from app import create_app
    from app.ballots.tasks import run_tick
    from app.outbox.services.send_waiting import send_waiting
    from app.procedure.tasks import run_procedures
    from app.web.clock import now

    app = create_app()
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda _number, _frame: stopping.set())
    signal.signal(signal.SIGINT, lambda _number, _frame: stopping.set())
    procedures_at = 0.0
    while not stopping.is_set():
        started = time.monotonic()
        with app.app_context():
            run_tick(now())
            if started >= procedures_at:
                run_procedures(now())
                procedures_at = started + PROCEDURE_SECONDS
            send_waiting(now())
        if once:
            return
        stopping.wait(max(0, TICK_SECONDS - (time.monotonic() - started)))


@click.command()
def migrate() -> None:
    """Bring the database of the settings to the newest schema."""
    from app.db.migrate import current_revision, upgrade
    from app.settings import read_settings

    settings = read_settings(os.environ, Path(__file__).parents[1])
    upgrade(settings.migration_database_url)
    click.echo(current_revision(settings.migration_database_url))


@click.group()
def main() -> None:
    """Run a part of the product by itself."""


main.add_command(worker)

if __name__ == "__main__":
    main()
