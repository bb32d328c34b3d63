"""`bihuan settings`: what may be set, and what is set now."""

from __future__ import annotations

import os

import click

from workflows.cli.output import emit, language, speaking


@click.command("settings")
@speaking
def settings_command(*, as_json: bool) -> None:
    """列出全部设置及当前取值，密钥不显示 · List every setting with its value, secrets hidden."""
    from workflows.settings import Settings
    from workflows.settings_table import present

    Settings.from_environment()
    english = language().startswith("en")
    known = present(os.environ)
    rows = [
        {
            "names": list(one.names),
            "value": value,
            "meaning": one.en if english else one.zh,
            "absent": one.absent_en if english else one.absent_zh,
        }
        for one, value in known
    ]
    lines = []
    for one, value in known:
        absent = one.absent_en if english else one.absent_zh
        lines.append(f"{one.names[0]}={value or ''}")
        lines.append(f"    {one.en if english else one.zh}{'' if value else f' ({absent})'}")
    emit({"settings": rows}, as_json=as_json, text="\n".join(lines))
