"""`bihuan audit`: whether the history is as it was written."""

from __future__ import annotations

import sys

import click

from workflows.cli.output import emit, language, speaking


@click.group("audit")
def audit_group() -> None:
    """核验办理历史 · Verify the history."""


@audit_group.command("verify")
@speaking
def verify_command(*, as_json: bool) -> None:
    """重算每条历史链和管理记录 · Recompute every chain and name the first row that does not fit."""
    from engine.history.verify import verify_all
    from workflows.administration import record
    from workflows.cli.opening import founded

    bihuan = founded()
    with bihuan.database.read() as session:
        report = verify_all(session, bihuan.anchor_key)
        office = record.verify(session, bihuan.settings.agency)
    english = language().startswith("en")
    faults = [
        {
            "case": fault.case_id,
            "seq": fault.seq,
            "message": fault.message if english else fault.message_zh,
        }
        for fault in report.faults
    ]
    document = {
        "sound": report.sound and office.sound,
        "cases": report.cases,
        "rows": report.rows,
        "unanchored": report.unanchored,
        "faults": faults,
        "anchor_faults": [
            fault.message if english else fault.message_zh for fault in report.anchor_faults
        ],
        "administration": {"rows": office.entries, "broken_at": office.broken_at or None},
    }
    emit(document, as_json=as_json)
    if not document["sound"]:
        sys.exit(1)
