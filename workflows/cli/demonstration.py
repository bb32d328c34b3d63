"""`bihuan demo`: the demonstration zone with its past, served with web and worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

import click
from rich.console import Console
from rich.progress import Progress

from workflows.cli.output import refusing, tell
from workflows.cli.servers import gunicorn_arguments

SHOWN = (
    ("inspector1", "应急局执法员", "bureau officer"),
    ("park_east", "东园区指挥长", "park commander"),
    ("industry_economy", "经商局局长", "head of an industry department"),
    ("bureau_head", "应急局局长", "head of the emergency bureau"),
    ("office", "安委办", "safety office"),
    ("leader_incharge", "分管领导", "leader in charge"),
    ("enterprise01", "企业负责人", "enterprise"),
    ("designer", "流程设计", "process designer"),
    ("auditor", "督查审计", "auditor"),
)


@click.command("demo")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--prepare-only", is_flag=True, help="只建库不启动 · load the zone, do not serve")
@refusing
def demo_command(host: str, port: int, *, prepare_only: bool) -> None:
    """启动演示园区 · Start the demonstration zone."""
    os.environ.setdefault("BIHUAN_DEMO", "1")
    _prepare()
    _accounts(host, port)
    if not prepare_only:
        sys.exit(_serve(host, port))


def _prepare() -> None:
    from workflows.cli.opening import application, check_place
    from workflows.demo.loading import load, prepare

    bihuan = application()
    check_place(bihuan.database)
    if prepare(bihuan):
        return
    tell(
        "首次启动：正在装入演示园区的隐患，约需一分钟……",
        "First start: loading the zone's hazards, which takes about a minute …",
    )
    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("hazards")
        load(bihuan, lambda done, total: bar.update(task, completed=done, total=total))


def _accounts(host: str, port: int) -> None:
    from workflows.demo.accounts import PASSWORD

    click.echo(f"\n  闭环 Bihuan  http://{host}:{port}\n")
    click.echo(f"  账号 accounts（密码 password：{PASSWORD}）")
    for username, zh, en in SHOWN:
        click.echo(f"    {username:<18}{zh} · {en}")
    click.echo()


def _serve(host: str, port: int) -> int:
    """Run the web server and the worker until one ends or somebody stops them."""
    return run_together(
        gunicorn_arguments(host, port, workers=1, threads=8),
        [sys.executable, "-m", "workflows.cli", "worker"],
    )


def run_together(*commands: list[str]) -> int:
    """Run programs until one ends, or Ctrl+C or SIGTERM comes; none is left behind."""
    ended = threading.Event()
    before = {
        name: signal.signal(name, lambda *_: ended.set())
        for name in (signal.SIGINT, signal.SIGTERM)
    }
    children = [subprocess.Popen(command) for command in commands]  # noqa: S603
    try:
        for child in children:
            threading.Thread(target=_tell_the_end, args=(child, ended), daemon=True).start()
        ended.wait()
        if all(child.poll() is None for child in children):
            tell("正在停止", "Stopping")
    finally:
        for child in children:
            child.terminate()
        codes = [child.wait() for child in children]
        for name, handler in before.items():
            signal.signal(name, handler)
    return max((code for code in codes if code > 0), default=0)


def _tell_the_end(child: subprocess.Popen[bytes], ended: threading.Event) -> None:
    child.wait()
    ended.set()
