"""`bihuan bench`: workloads measured beside their floors, as ratios of one run on one machine."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from engine.errors import Invalid
from workflows.cli.output import emit, speaking, tell, watched

DATABASES = ("sqlite-full", "sqlite-normal")


@click.group("bench")
def bench_group() -> None:
    """测量性能，与下限并列 · Measure workloads beside their floors."""


@bench_group.command("signoff")
@click.option(
    "--db",
    "databases",
    multiple=True,
    default=DATABASES,
    show_default=True,
    metavar="URL",
    help="sqlite-full、sqlite-normal 或 PostgreSQL 地址，可多次 · one of these or an address of "
    "PostgreSQL, may be repeated",
)
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
    from workflows.bench import reports
    from workflows.bench.rounds import Plan
    from workflows.settings import Settings

    path = history or Settings.from_environment().data_directory / "bench.jsonl"
    found, worse = [], []
    for name in databases:
        for count in clients:
            run = _signoff(name, Plan(count, cases, rounds))
            worse += [
                f"{name} × {count}: {ratio}"
                for ratio in reports.regressions(reports.kept(path), run)
            ]
            reports.keep(path, run)
            found.append(run)
    if document is not None:
        text = reports.written(
            document.read_text(encoding="utf-8"), reports.table(reports.kept(path))
        )
        document.write_text(text, encoding="utf-8")
    emit({"runs": found, "regressions": worse}, as_json=as_json, text=reports.table(found))
    for one in worse:
        tell(f"比上次明显变差：{one}", f"clearly worse than the last time: {one}")
    if worse:
        sys.exit(1)


def _signoff(name: str, plan: Any) -> dict[str, Any]:  # noqa: ANN401 imported when it runs
    from workflows.bench import reports, rounds

    with watched(f"signoff {name.rpartition('/')[2]} × {plan.clients}") as progress:
        return reports.stamped("signoff", rounds.run(_place(name), plan, progress))


def _place(name: str) -> Any:  # noqa: ANN401 imported when it runs
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
