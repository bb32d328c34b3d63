"""A scenario as the rows of a table, and the text of such rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

import yaml

from engine.errors import FieldError, Invalid
from workflows.scenarios import yaml_nodes

Row = dict[str, str]
"""`kind` (start, task, act, wait, expect), `by`, `name`, `text` (answers or facts), `refused`.

A task may have `which`, where several of its element are open.
"""

KINDS: Final = ("start", "task", "act", "wait", "expect")


class _Dumper(yaml.SafeDumper):
    """Writes dates as they are read, without quotation marks, and never an alias."""

    yaml_implicit_resolvers = {  # noqa: RUF012 as the library has it
        first: [one for one in found if one[0] != "tag:yaml.org,2002:timestamp"]
        for first, found in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ANN401
        """Write everything where it stands."""
        return True


def rows_of(value: Mapping[str, Any]) -> list[Row]:
    """Return the rows of a scenario that has no fault, the start first."""
    return [_deed("start", value["start"]), *(_row(one) for one in value.get("steps") or ())]


def text_of(title: Mapping[str, str], begins: str, before: Sequence[str], rows: list[Row]) -> str:
    """Return the text of a scenario that was edited as a table.

    Raises:
        Invalid: the answers or facts of a row are no YAML; the field is `rows.<number>`.
    """
    value: dict[str, Any] = {"title": {"zh": title.get("zh", ""), "en": title.get("en", "")}}
    if before:
        value["before"] = list(before)
    value["clock"] = begins
    value["start"] = _of_deed(0, rows[0]) if rows else {}
    value["steps"] = [_of_row(number, one) for number, one in enumerate(rows[1:], start=1)]
    return dumped(value)


def dumped(value: Any) -> str:  # noqa: ANN401 any value of YAML
    """Return a value as text: small parts on one line, in the order they are in."""
    return yaml.dump(
        plain(value),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=None,
        width=100,
    )


def plain(value: Any) -> Any:  # noqa: ANN401
    """Return a value as JSON has it: dates as text."""
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, date | datetime) else value


def _row(raw: Mapping[str, Any]) -> Row:
    if "expect" in raw:
        return {"kind": "expect", "text": lines(raw["expect"])}
    if "by" in raw:
        return _deed("task" if "task" in raw else "act", raw)
    return {"kind": "wait", "name": str(plain(raw.get("clock", raw.get("advance"))))}


def _deed(kind: str, raw: Mapping[str, Any]) -> Row:
    row = {
        "kind": kind,
        "by": str(raw["by"]),
        "name": str(raw.get(kind, "")),
        "text": lines(raw.get("data") or {}),
        "refused": str(raw.get("refused") or ""),
    }
    return row | ({"which": str(raw["which"])} if raw.get("which") else {})


def lines(value: Mapping[str, Any]) -> str:
    """Return a line for each name, so that answers are read one below the other."""
    return "".join(f"{_inline(str(name))}: {_inline(one)}\n" for name, one in value.items())


def _inline(value: Any) -> str:  # noqa: ANN401
    text = yaml.dump(
        [plain(value)], Dumper=_Dumper, allow_unicode=True, default_flow_style=True, width=10**6
    )
    return text.strip()[1:-1]


def _of_row(number: int, row: Row) -> dict[str, Any]:
    kind = row.get("kind", "")
    if kind == "expect":
        return {"expect": _value(number, row)}
    if kind == "wait":
        time = row.get("name", "").strip()
        return {"advance" if time.startswith("P") else "clock": time}
    return _of_deed(number, row)


def _of_deed(number: int, row: Row) -> dict[str, Any]:
    kind = row.get("kind", "")
    found: dict[str, Any] = {"by": row.get("by", "").strip()}
    if kind != "start":
        found["task" if kind == "task" else "act"] = row.get("name", "").strip()
    which = row.get("which", "").strip() if kind == "task" else ""
    if which:
        found["which"] = int(which) if which.isdecimal() else which
    data = _value(number, row)
    if data:
        found["data"] = data
    if row.get("refused"):
        found["refused"] = row["refused"]
    return found


def _value(number: int, row: Row) -> dict[str, Any]:
    try:
        value = yaml_nodes.read(row.get("text", "")).value
    except Invalid as error:
        raise _at(number, error.message, error.message_zh) from error
    if value is not None and not isinstance(value, dict):
        raise _at(number, "Expected lines of “name: value”", "每行应写名称、冒号和值")
    return value or {}


def _at(number: int, message: str, message_zh: str) -> Invalid:
    return Invalid(message, message_zh, [FieldError(f"rows.{number}", message, message_zh)])
