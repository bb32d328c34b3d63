"""Papers that designers let a process make: a title, and lines of a label and a value each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from engine.operations import Call
from engine.ports import Context, JsonMap
from workflows.domain import designed_fields
from workflows.domain.hazard_case import HazardCase
from workflows.domain.papers import issuing, wording
from workflows.domain.papers.kinds import OWN, OWN_DRAFT, OWN_INTERNAL, Field
from workflows.domain.told import Told

KIND_OF: Final = {Told.ALL: OWN, Told.OPINIONS: OWN_INTERNAL, Told.DRAFTS: OWN_DRAFT}

_HEAD: Final = (
    Field("case", "隐患编号", "Hazard"),
    Field("unit", "单位名称", "Enterprise"),
)
"""Lines that every paper has, so that it says by itself what it belongs to."""

LINES: Final = 40
"""Lines of a paper at most."""


def made(case: HazardCase, call: Call, context: Context) -> str:
    """Issue a paper of the designer's and return its number; the same subject is a new edition."""
    lines = _lines(call)
    everybody = call.text("shown_to") == designed_fields.EVERYBODY
    whose = designed_fields.audience(call.process, everybody=everybody)
    fields = [Field(f"line_{at}", one["zh"], one["en"]) for at, one in enumerate(lines, 1)]
    content = {field.key: one["value"] for field, one in zip(fields, lines, strict=True)}
    subject = call.text("subject")
    return issuing.issue_own(
        case,
        KIND_OF[whose],
        issuing.OwnPaper(call.text("title"), call.text("title_en"), (*_HEAD, *fields)),
        {"case": case.data["number"], "unit": wording.unit(case), **content},
        context,
        subject=f"own:{subject}" if subject else "",
    )


def _lines(call: Call) -> list[JsonMap]:
    """Return the lines, each a context with `label`, `label_en` and `value`."""
    given = call.parameters.get("lines")
    if not isinstance(given, list) or len(given) > LINES:
        raise call.wrong("lines", f"list of at most {LINES} lines")
    return [_line(call, one) for one in given]


def _line(call: Call, line: Any) -> JsonMap:  # noqa: ANN401 whatever the expression gave
    if not isinstance(line, Mapping) or not isinstance(line.get("label"), str):
        raise call.wrong("lines", "list of contexts with label and value")
    zh, value = line["label"], line.get("value")
    english = line.get("label_en")
    if isinstance(value, Mapping) or (isinstance(value, list) and any(map(_is_nested, value))):
        raise call.wrong("lines", "list of contexts with texts, numbers or dates")
    return {"zh": zh, "en": english if isinstance(english, str) else zh, "value": _said(value)}


def _is_nested(value: object) -> bool:
    return isinstance(value, Mapping | list)


def _said(value: Any) -> Any:  # noqa: ANN401 a text, a pair of texts, or nothing
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return {"zh": "是", "en": "Yes"} if value else {"zh": "否", "en": "No"}
    return [_said(one) for one in value] if isinstance(value, list) else str(value)
