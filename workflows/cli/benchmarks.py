"""`bihuan bench`: workloads measured beside their floors, as ratios of one run on one machine."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.errors import Invalid
from workflows.cli.bench_book import DATABASES, Runs, workload

if TYPE_CHECKING:
    from workflows.bench.places import Place


@click.group("bench")
def bench_group() -> None:
    """测量性能，与下限并列 · Measure workloads beside their floors."""


@bench_group.command("signoff")
@workload("signoff", *DATABASES)
@click.option(
    "--clients",
    type=click.IntRange(1, 64),
    multiple=True,
    default=(1, 2, 4),
    show_default=True,
    help="同时办理的客户端 · clients at once, may be repeated",
)
@click.option(
    "--cases",
    type=click.IntRange(1),
    default=200,
    show_default=True,
    help="每个客户端的案件 · cases of each client",
)
@click.option(
    "--rounds",
    type=click.IntRange(1),
    default=3,
    show_default=True,
    help="轮次，取中位数 · rounds, the medians count",
)
def signoff_command(place: Place, clients: tuple[int, ...], cases: int, rounds: int) -> Runs:
    """会签：四项办理，逐项落盘 · Sign-offs: four completions, each a durable transaction."""
    from workflows.bench import rounds as measuring

    for count in clients:
        yield f" × {count}", partial(measuring.run, place, measuring.Plan(count, cases, rounds))


@bench_group.command("inbox")
@workload("inbox", DATABASES[0])
@click.option(
    "--tasks",
    type=click.IntRange(1),
    default=100_000,
    show_default=True,
    help="待办任务 · open tasks, in 200 groups",
)
@click.option(
    "--times",
    type=click.IntRange(2),
    default=200,
    show_default=True,
    help="各测几次 · how often the list and the page are asked for",
)
def inbox_command(place: Place, tasks: int, times: int) -> Runs:
    """待办：十万项任务中五个岗位的前二十项 · The first 20 of five groups, with the total."""
    from workflows.bench import inbox

    yield "", partial(inbox.run, place, inbox.Plan(tasks, times))


@bench_group.command("cityyear")
@workload("cityyear", DATABASES[1])
@click.option(
    "--scale",
    type=click.FloatRange(0.0001, 1),
    default=0.01,
    show_default=True,
    help="1 为 254475 条隐患 · 1 is 254,475 hazards",
)
@click.option(
    "--clients",
    type=click.IntRange(1, 9),
    default=2,
    show_default=True,
    help="同时推演的进程 · processes, each with some of the nine agencies",
)
@click.option(
    "--keep",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="城市保存在此，同一命令可继续 · keep the city here; the same command goes on",
)
@click.option(
    "--minutes",
    type=click.FloatRange(min=0),
    default=None,
    help="到时暂停，须同时给出 --keep · pause after that; with --keep",
)
def cityyear_command(
    place: Place, scale: float, clients: int, keep: Path | None, minutes: float | None
) -> Runs:
    """一市一年：虚拟时钟上走完真实命令，最后核对 · A city's year on a virtual clock, checked."""
    from workflows.bench.city import run

    if minutes is not None and keep is None:
        raise Invalid.at(
            "minutes",
            "Expected --keep beside --minutes, but there is none: what was lived would be lost",
            "--minutes 须与 --keep 一起使用，否则已走完的部分会丢失",
        )
    yield f" {scale:g}", partial(run.run, place, run.Plan(scale, clients, keep, minutes))


@bench_group.command("http")
@workload("http", DATABASES[0])
@click.option("--clients", type=click.IntRange(1, 64), default=8, show_default=True)
@click.option(
    "--cases",
    type=click.IntRange(1),
    default=20,
    show_default=True,
    help="每个客户端的案件 · cases of each client",
)
@click.option("--rounds", type=click.IntRange(1), default=3, show_default=True)
def http_command(place: Place, clients: int, cases: int, rounds: int) -> Runs:
    """经网页办理：会话、CSRF 与表单核验 · Completions through the pages of a server."""
    from workflows.bench import http
    from workflows.cli.servers import gunicorn_arguments

    plan = http.Plan(clients, cases, rounds, gunicorn_arguments)
    yield f" × {clients}", partial(http.run, place, plan)


@bench_group.command("timers")
@workload("timers", DATABASES[0])
@click.option(
    "--overdue",
    type=click.IntRange(1),
    default=10_000,
    show_default=True,
    help="同时到期的案件 · cases that are overdue at once",
)
def timers_command(place: Place, overdue: int) -> Runs:
    """到期：一个与两个计时进程 · Overdue dates, settled by one worker and by two."""
    from workflows.bench import timers

    yield "", partial(timers.run, place, timers.Plan(overdue))


@bench_group.command("memory")
@workload("memory", DATABASES[0])
@click.option(
    "--completions",
    type=click.IntRange(40),
    default=10_000,
    show_default=True,
    help="办理的事项，另有同样多的案件到期 · tasks completed; as many cases fall due",
)
def memory_command(place: Place, completions: int) -> Runs:
    """内存：网页进程与计时进程办理万项之后 · Memory of web process and worker over time."""
    from workflows.bench import memory
    from workflows.cli.servers import gunicorn_arguments

    yield "", partial(memory.run, place, memory.Plan(completions, gunicorn_arguments))


@bench_group.command("verify")
@workload("verify")
def verify_command(_place: None) -> Runs:
    """验证：各流程与逐级放大的图的状态数和用时 · States and time of the verifier."""
    from workflows.app import gate_environment
    from workflows.bench import verify
    from workflows.deploying import bundles

    yield from verify.runs(bundles(), gate_environment())
