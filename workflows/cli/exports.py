"""`bihuan export`: the ledger as a file, and a version of a process as files git shows well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workflows.cli.output import emit, language, speaking

if TYPE_CHECKING:
    from workflows.exporting.files import Row


@click.group("export")
def export_group() -> None:
    """导出 · Export."""


@export_group.command("ledger")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--as", "person", default="office", show_default=True, help="何人所见 · whose view")
@click.option("--text", default="", help="查找的词 · words to look for")
@click.option("--where", multiple=True, help="筛选 · filter: level=major, found_at_from=2026-01-01")
@click.option("--columns", default="", help="列，以逗号分隔 · columns; all without")
@click.option("--sort", default="-found_at", show_default=True, help="排序 · order")
@speaking
def ledger_command(  # noqa: PLR0913 a command's options
    file: Path,
    person: str,
    text: str,
    where: Sequence[str],
    columns: str,
    sort: str,
    *,
    as_json: bool,
) -> None:
    """导出隐患台账(.xlsx/.csv) · Write the ledger, by the same filters as the page."""
    from engine import clock
    from workflows.cli.opening import acting, founded
    from workflows.domain import known_values, ledger_columns, ledger_filters
    from workflows.domain.ledger import LedgerFilter, Order
    from workflows.domain.ledger_fields import FIELDS
    from workflows.exporting.ledger import LedgerTable

    now = clock.now()
    with founded().database.read() as session:
        actor = acting(session, person)
        wanted = LedgerFilter(text=text, where=ledger_filters.read(_given(where)))
        known_values.check_ledger(session, actor, wanted)
        table = LedgerTable(
            actor,
            wanted,
            Order(sort),
            ledger_columns.known(columns.split(",") if columns else FIELDS),
            "en" if language().startswith("en") else "zh",
            now,
        )
        rows = _Counted(table.rows(session))
        _write(file, table.heads(session), rows)
    said = f"{file}：{rows.count} 行 rows"
    emit({"file": str(file), "rows": rows.count}, as_json=as_json, text=said)


@export_group.command("definition")
@click.argument("process")
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--version", type=click.IntRange(min=1), help="版本 · version; the last without")
@speaking
def definition_command(process: str, target: Path, version: int | None, *, as_json: bool) -> None:
    """导出流程的一个版本为目录或 .zip · Write a version as a folder, or as a zip."""
    from engine.errors import NotFound
    from engine.store import definitions
    from workflows.cli.opening import founded
    from workflows.designing import exchange, packing

    bihuan = founded()
    with bihuan.database.read() as session:
        last = definitions.latest(session, process, agency=bihuan.settings.agency)
        if last is None:
            raise NotFound(
                f"Expected a process {process}, but there is none", f"没有流程 {process}"
            )
        number = version or last.version
        package = exchange.of_version(session, bihuan.settings.agency, process, number)
    if target.suffix == ".zip":
        target.write_bytes(packing.pack(package))
    else:
        target = packing.write(package, target)
    written = {"process": process, "version": number, "digest": package.manifest["digest"]}
    said = f"{process} v{number} → {target}：{len(package.files)} 个文件 files"
    emit({**written, "target": str(target)}, as_json=as_json, text=said)


class _Counted:
    """Rows that are counted while they are written."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self.count += 1
            yield row


def _write(file: Path, heads: Row, rows: _Counted) -> None:
    from workflows.exporting import files

    if file.suffix.lower() == ".xlsx":
        pieces = files.chunks(files.xlsx_file(file.stem, heads, rows))
    else:
        pieces = files.csv_chunks(heads, rows)
    with file.open("wb") as out:
        out.writelines(pieces)


def _given(where: Sequence[str]) -> dict[str, list[str]]:
    from engine.errors import Invalid
    from workflows.domain.ledger_filters import PARAMETERS

    found: dict[str, list[str]] = {}
    for one in where:
        name, _, value = one.partition("=")
        if name not in PARAMETERS:
            raise Invalid.at(
                "where",
                f"Expected one of {', '.join(PARAMETERS)}, but it is {name!r}",
                f"没有名为 {name} 的筛选条件",
            )
        found.setdefault(name, []).append(value)
    return found
