"""`bihuan serve` and `bihuan worker`: the production web server, and timers with the outbox."""

from __future__ import annotations

import os
import signal
import sys
import threading
from functools import partial

import click

from workflows.cli.output import speaking, tell

APPLICATION = "webapp.wsgi:application"
WORKER = "webapp.serving.Worker"
"""Named as text: the command line starts the web, and must not import it."""


def gunicorn_arguments(host: str, port: int, workers: int, threads: int) -> list[str]:
    """Return the command line of the web server."""
    return [
        *(sys.executable, "-m", "gunicorn", APPLICATION),
        *("--bind", f"{host}:{port}", "--workers", str(workers), "--threads", str(threads)),
        *("--worker-class", WORKER, "--access-logfile", "-", "--timeout", "60"),
        # A question in Chinese takes nine bytes a character in an address.
        *("--limit-request-line", "8190"),
        # Its place would be the home of whoever starts the server; nothing of ours speaks to it.
        "--no-control-socket",
    ]


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64))
def serve_command(host: str, port: int, workers: int, threads: int) -> None:
    """启动网页与接口服务 · Start the web server."""
    arguments = gunicorn_arguments(host, port, workers, threads)
    os.execv(arguments[0], arguments)  # noqa: S606 our own interpreter, fixed arguments


@click.command("worker")
@click.option("--interval", default=2.0, show_default=True, help="秒 · seconds between sweeps")
@speaking
def worker_command(interval: float, *, as_json: bool) -> None:
    """启动计时与发件进程（可多个） · Start a worker for timers and the outbox."""
    from engine.work.worker import run_worker
    from workflows.administration import rerouting
    from workflows.cli.opening import application
    from workflows.designing.going_live import put_due_live
    from workflows.importing.worker import Importing
    from workflows.migrating.worker import Migrating
    from workflows.simulating.worker import Simulating

    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    tell("计时进程已启动，按 Ctrl+C 停止", "The worker runs; Ctrl+C stops it")
    bihuan = application()
    run_worker(
        bihuan.runtime,
        stop,
        interval,
        anchor_key=bihuan.anchor_key,
        also=[
            rerouting.Sweeping(bihuan.runtime).step,
            Importing(bihuan).step,
            partial(put_due_live, bihuan),
            Migrating(bihuan).step,
            Simulating(bihuan).step,
        ],
    )
    if as_json:
        click.echo("{}")
