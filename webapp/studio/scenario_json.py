"""The scenarios of a draft as its page shows them: rows, faults at lines, what was played."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.errors import Invalid
from webapp.i18n.catalogue import Text, pick
from webapp.i18n.language import current_language
from webapp.presentation.remaining import instant_words
from workflows.scenarios import rows
from workflows.scenarios.written import Written
from workflows.scenarios.yaml_nodes import unkept
from workflows.trying.kept import Result

MOST_ROWS = 501
_ROW = ("kind", "by", "name", "text", "refused", "which")


def scenarios_json(
    read: Sequence[Written], files: Mapping[str, bytes], language: str
) -> list[dict[str, Any]]:
    """Return every scenario by path, with its rows where it has no fault."""
    return [_one(one, files[one.path], language) for one in read]


def composed(body: Mapping[str, Any]) -> str:
    """Return the text of a table that was sent.

    Raises:
        Invalid: it is no table of a scenario, or the answers of a row cannot be read.
    """
    title = {name: _text(body, f"title_{name}") for name in ("zh", "en")}
    before = [one.strip() for one in _text(body, "before").split(",") if one.strip()]
    return rows.text_of(title, _text(body, "clock"), before, _rows(body.get("rows")))


def spoken(event: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return an event of a trial with its sentences in one language."""
    english = language == "en"
    found = {key: value for key, value in event.items() if not key.endswith("_zh")}
    for name in ("sentence", "title"):
        if name in event and not english:
            found[name] = event[f"{name}_zh"]
    for name in ("failures", "faults"):
        if name in event:
            found[name] = [spoken(one, language) for one in event[name]]
    return found


def results_json(last: Mapping[str, Result], who: Mapping[str, Text]) -> dict[str, dict[str, Any]]:
    """Return what became of scenarios when they were played last, by their name."""
    language = current_language()
    return {
        name: {
            "passed": one.passed,
            "fresh": one.fresh,
            "sentence": pick(language, *one.failed),
            "by": pick(language, *who[one.by]),
            "at": instant_words(one.at, language),
        }
        for name, one in last.items()
    }


def _one(one: Written, content: bytes, language: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "path": one.path,
        "name": one.name,
        "lines": list(one.lines),
        "faults": [
            {"line": fault.line, "field": fault.field, "sentence": fault.text(language)}
            for fault in one.faults
        ],
    }
    if one.scenario is not None:
        begins = rows.plain(one.value["clock"])
        found |= {
            "title_zh": one.scenario.title_zh,
            "title_en": one.scenario.title,
            "clock": str(begins),
            "before": ", ".join(one.value.get("before") or ()),
            "rows": rows.rows_of(one.value),
            "unkept": unkept(content.decode()),
        }
    return found


def _rows(sent: object) -> list[rows.Row]:
    if not isinstance(sent, list) or not sent or len(sent) > MOST_ROWS:
        raise Invalid.at(
            "rows",
            f"Expected 1 to {MOST_ROWS} rows, but there are none or more",
            f"应有 1 到 {MOST_ROWS} 行",
        )
    return [_row(number, one) for number, one in enumerate(sent)]


def _row(number: int, sent: object) -> rows.Row:
    kinds = rows.KINDS[:1] if number == 0 else rows.KINDS[1:]
    if not isinstance(sent, dict) or sent.get("kind") not in kinds:
        raise Invalid.at(
            f"rows.{number}",
            f"Expected a row of kind {', '.join(kinds)}",
            f"行的类型应为 {'、'.join(kinds)}",
        )
    return {name: _text(sent, name) for name in _ROW}


def _text(sent: Mapping[str, Any], name: str) -> str:
    value = sent.get(name, "")
    if not isinstance(value, str):
        raise Invalid.at(name, f"Expected {name} as text, but it is none", f"{name} 应为文字")
    return value
