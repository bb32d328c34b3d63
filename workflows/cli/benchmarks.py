"""`bihuan bench`: workloads measured beside their floors, as ratios of one run on one machine."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec

import click

from engine.errors import Invalid
from workflows.cli.output import emit, speaking, tell, watched

DATABASES = ("sqlite-full", "sqlite-normal")
P = ParamSpec("P")


@click.group("bench")
def bench_group() -> None:
    """测量性能，与下限并列 · Measure workloads beside their floors."""


class Book:
    """The runs of one command: compared with the last of their kind, kept, told and written."""

    def __init__(self, workload: str, history: Path | None, document: Path | None) -> None:
        """Take where runs are kept and where their table is written."""
        from workflows.settings import Settings

        self._workload, self._document = workload, document
        self._path = history or Settings.from_environment().data_directory / "bench.jsonl"
        self._runs: list[dict[str, Any]] = []
        self._worse: list[str] = []

    def add(self, title: str, measure: Callable[[Callable[[int, int], None]], Any]) -> None:
        """Measure one run under a bar, compare it and keep it."""
        from workflows.bench import reports

        with watched(f"{self._workload} {title}") as progress:
            run = reports.stamped(self._workload, measure(progress))
        worse = reports.regressions(reports.kept(self._path), run)
        self._worse += [f"{title}: {figure}" for figure in worse]
        reports.keep(self._path, run)
        self._runs.append(run)

    def close(self, *, as_json: bool) -> None:
        """Tell the runs; end with 1 where one was clearly worse, or not sound."""
        from workflows.bench import reports
        from workflows.bench.tables import table

        if self._document is not None:
            lines = [one for one in reports.kept(self._path) if one["workload"] == self._workload]
            text = self._document.read_text(encoding="utf-8")
            text = reports.written(text, self._workload, table(self._workload, lines))
            self._document.write_text(text, encoding="utf-8")
        shown = table(self._workload, self._runs)
        emit({"runs": self._runs, "regressions": self._worse}, as_json=as_json, text=shown)
        for one in self._worse:
            tell(f"比上次明显变差：{one}", f"clearly worse than the last time: {one}")
        if self._worse or not all(run.get("sound", True) for run in self._runs):
            sys.exit(1)


def kept(command: Callable[P, None]) -> Callable[P, None]:
    """Add the options of every workload: where runs are kept, and where their table goes."""

    @click.option(
        "--history",
        type=click.Path(path_type=Path),
        default=None,
        help="历次结果 · where runs are kept (default: bench.jsonl in the data directory)",
    )
    @click.option(
        "--write",
        "document",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="把表格写入文档 · write the table into a document",
    )
    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        command(*args, **kwargs)

    return run


def on_databases(*default: str) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Add the option that names databases, with those that are measured by default."""
    return click.option(
        "--db",
        "databases",
        multiple=True,
        default=default,
        show_default=True,
        metavar="URL",
        help="sqlite-full、sqlite-normal 或 PostgreSQL 地址，可多次 · one of these or an address "
        "of PostgreSQL, may be repeated",
    )


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
            book.add(f"{_short(name)} × {count}", measure)
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
        book.add(_short(name), functools.partial(inbox.run, place(name), plan))
    book.close(as_json=as_json)


def place(name: str) -> Any:  # noqa: ANN401 imported when it runs
    """Return the place that an option names; raise Invalid for a name of none."""
    from workflows.bench.places import Place

    if name in DATABASES:
        return Place(synchronous=name.removeprefix("sqlite-").upper())
    if name.startswith("postgresql"):
        return Place(server=name)
    raise Invalid.at(
        "db",
        f"Expected {', '.join(DATABASES)} or an address of PostgreSQL, but it is {name}",
        f"--db 应为 {'、'.join(DATABASES)} 或 PostgreSQL 地址，而不是 {name}",
    )


def _short(name: str) -> str:
    return name.rpartition("/")[2].partition("?")[0]
