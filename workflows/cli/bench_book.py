"""What every workload of `bihuan bench` shares: its options, its runs kept, compared and told."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from engine.errors import Invalid
from workflows.cli.output import emit, speaking, tell, watched

DATABASES = ("sqlite-full", "sqlite-normal")

Measure = Callable[[Callable[[int, int], None]], Any]
"""Measures one run while it tells how much of how much is done."""

Runs = Iterator[tuple[str, Measure]]
"""What a workload measures on one database, each with the rest of its title."""


class Book:
    """The runs of one command: compared with the last of their kind, kept, told and written."""

    def __init__(self, workload: str, history: Path | None, document: Path | None) -> None:
        """Take where runs are kept and where their table is written."""
        from workflows.settings import Settings

        self._workload, self._document = workload, document
        self._path = history or Settings.from_environment().data_directory / "bench.jsonl"
        self._runs: list[dict[str, Any]] = []
        self._worse: list[str] = []

    def add(self, title: str, measure: Measure) -> None:
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


def workload(name: str, *default: str) -> Callable[[Callable[..., Runs]], Callable[..., None]]:
    """Turn what gives the runs of one database into a command, with the options of every workload.

    `default` are the databases that are measured where none is named; without any the workload
    needs none.
    """

    def command(runs: Callable[..., Runs]) -> Callable[..., None]:
        @(_on_databases(default) if default else _without_database)
        @_HISTORY
        @_DOCUMENT
        @speaking
        @functools.wraps(runs)
        def run(
            *,
            databases: tuple[str, ...] = (),
            history: Path | None,
            document: Path | None,
            as_json: bool,
            **options: object,
        ) -> None:
            book = Book(name, history, document)
            # All are known before the first is measured, which may take an hour.
            for database, there in [(one, place(one)) for one in databases] or [("", None)]:
                for title, measure in runs(there, **options):
                    book.add(f"{_short(database)}{title}", measure)
            book.close(as_json=as_json)

        return run

    return command


_HISTORY = click.option(
    "--history",
    type=click.Path(path_type=Path),
    default=None,
    help="历次结果 · where runs are kept (default: bench.jsonl in the data directory)",
)
_DOCUMENT = click.option(
    "--write",
    "document",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="把表格写入文档 · write the table into a document",
)


def _on_databases(default: tuple[str, ...]) -> Callable[[Callable[..., None]], Callable[..., None]]:
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


def _without_database(command: Callable[..., None]) -> Callable[..., None]:
    return command


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
    """Return the name of a database as progress shows it, without where it is."""
    return name.rpartition("/")[2].partition("?")[0]
