"""`bihuan diff`: what differs between two versions of a process, or from the source tree."""

from __future__ import annotations

from collections.abc import Mapping

import click

from workflows.cli.output import emit, language, speaking


@click.command("diff")
@click.argument("process")
@click.argument("before", type=click.IntRange(min=1), required=False)
@click.argument("after", type=click.IntRange(min=1), required=False)
@speaking
def diff_command(process: str, before: int | None, after: int | None, *, as_json: bool) -> None:
    """比较流程的两版 · What differs between two versions of a process.

    不写 AFTER 为与源码比较，不写 BEFORE 为现行版本。
    Without AFTER with the source tree, without BEFORE from the version in force.
    """
    from workflows.comparing.changes import changes_between
    from workflows.deploying import bundles

    older = _version(process, before)
    newer = bundles([process])[0].files if after is None else _version(process, after)
    changes = changes_between(older, newer, language())
    document = {"process": process, "changes": [one.as_json() for one in changes]}
    lines = [f"{one.change.path}: {one.sentence}" for one in changes]
    emit(document, as_json=as_json, text="\n".join(lines) or "内容相同 · the same content")


def _version(process: str, version: int | None) -> Mapping[str, bytes]:
    """Return the files of a version, of the one in force without a number."""
    from engine.errors import NotFound
    from engine.store import definitions
    from workflows.cli.opening import founded

    bihuan = founded()
    agency = bihuan.settings.agency
    with bihuan.database.read() as session:
        active = definitions.latest(session, process, agency=agency)
        number = version or (active.version if active else 0)
        files = definitions.files(session, process, number, agency=agency)
    if not files:
        raise NotFound(
            f"Expected version {number or 'in force'} of {process}, but there is none",
            f"没有流程 {process} 第 {number} 版" if number else f"流程 {process} 尚未部署",
        )
    return files
