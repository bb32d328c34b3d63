"""`bihuan bench`: workloads measured beside their floors, as ratios of one run on one machine."""

from __future__ import annotations

import functools
from pathlib import Path

import click

from workflows.cli.bench_book import DATABASES, Book, kept, on_databases, place, short
from workflows.cli.output import speaking


@click.group("bench")
def bench_group() -> None:
    """测量性能，与下限并列 · Measure workloads beside their floors."""


@bench_group.command("signoff")
@on_databases(*DATABASES)
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
@kept
@speaking
def signoff_command(  # noqa: PLR0913 an option each
    *,
    databases: tuple[str, ...],
    clients: tuple[int, ...],
    cases: int,
    rounds: int,
    history: Path | None,
    document: Path | None,
    as_json: bool,
) -> None:
    """会签：四项办理，逐项落盘 · Sign-offs: four completions, each a durable transaction."""
    from workflows.bench import rounds as measuring

    book = Book("signoff", history, document)
    for name in databases:
        for count in clients:
            plan = measuring.Plan(count, cases, rounds)
            measure = functools.partial(measuring.run, place(name), plan)
            book.add(f"{short(name)} × {count}", measure)
    book.close(as_json=as_json)


@bench_group.command("inbox")
@on_databases(DATABASES[0])
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
@kept
@speaking
def inbox_command(
    *,
    databases: tuple[str, ...],
    tasks: int,
    times: int,
    history: Path | None,
    document: Path | None,
    as_json: bool,
) -> None:
    """待办：十万项任务中五个岗位的前二十项 · The first 20 of five groups, with the total."""
    from workflows.bench import inbox

    book = Book("inbox", history, document)
    for name in databases:
        plan = inbox.Plan(tasks, times)
        book.add(short(name), functools.partial(inbox.run, place(name), plan))
    book.close(as_json=as_json)


@bench_group.command("cityyear")
@on_databases(DATABASES[1])
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
@kept
@speaking
def cityyear_command(
    *,
    databases: tuple[str, ...],
    scale: float,
    clients: int,
    history: Path | None,
    document: Path | None,
    as_json: bool,
) -> None:
    """一市一年：虚拟时钟上走完真实命令，最后核对 · A city's year on a virtual clock, checked."""
    from workflows.bench.city import run

    book = Book("cityyear", history, document)
    for name in databases:
        plan = run.Plan(scale, clients)
        book.add(f"{short(name)} {scale:g}", functools.partial(run.run, place(name), plan))
    book.close(as_json=as_json)


@bench_group.command("http")
@on_databases(DATABASES[0])
@click.option("--clients", type=click.IntRange(1, 64), default=8, show_default=True)
@click.option(
    "--cases",
    type=click.IntRange(1),
    default=20,
    show_default=True,
    help="每个客户端的案件 · cases of each client",
)
@click.option("--rounds", type=click.IntRange(1), default=3, show_default=True)
@kept
@speaking
def http_command(  # noqa: PLR0913 an option each
    *,
    databases: tuple[str, ...],
    clients: int,
    cases: int,
    rounds: int,
    history: Path | None,
    document: Path | None,
    as_json: bool,
) -> None:
    """经网页办理：会话、CSRF 与表单核验 · Completions through the pages of a server."""
    from workflows.bench import http
    from workflows.cli.servers import gunicorn_arguments

    book = Book("http", history, document)
    for name in databases:
        plan = http.Plan(clients, cases, rounds, gunicorn_arguments)
        book.add(f"{short(name)} × {clients}", functools.partial(http.run, place(name), plan))
    book.close(as_json=as_json)


@bench_group.command("timers")
@on_databases(DATABASES[0])
@click.option(
    "--overdue",
    type=click.IntRange(1),
    default=10_000,
    show_default=True,
    help="同时到期的案件 · cases that are overdue at once",
)
@kept
@speaking
def timers_command(
    *,
    databases: tuple[str, ...],
    overdue: int,
    history: Path | None,
    document: Path | None,
    as_json: bool,
) -> None:
    """到期：一个与两个计时进程 · Overdue dates, settled by one worker and by two."""
    from workflows.bench import timers

    book = Book("timers", history, document)
    for name in databases:
        plan = timers.Plan(overdue)
        book.add(short(name), functools.partial(timers.run, place(name), plan))
    book.close(as_json=as_json)


@bench_group.command("memory")
@on_databases(DATABASES[0])
@click.option(
    "--completions",
    type=click.IntRange(40),
    default=10_000,
    show_default=True,
    help="办理的事项，另有同样多的案件到期 · tasks completed; as many cases fall due",
)
@kept
@speaking
def memory_command(
    *,
    databases: tuple[str, ...],
    completions: int,
    history: Path | None,
    document: Path | None,
    as_json: bool,
) -> None:
    """内存：网页进程与计时进程办理万项之后 · Memory of web process and worker over time."""
    from workflows.bench import memory
    from workflows.cli.servers import gunicorn_arguments

    book = Book("memory", history, document)
    for name in databases:
        plan = memory.Plan(completions, gunicorn_arguments)
        book.add(short(name), functools.partial(memory.run, place(name), plan))
    book.close(as_json=as_json)
