"""Every act and every notice that the product can write has words in both languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from engine.store import definitions
from webapp.presentation import labels
from webapp.presentation.act_words import Known, TaskNames, act_words
from webapp.presentation.rung_labels import RUNGS
from workflows.app import Bihuan
from workflows.domain import ladder_top, routing
from workflows.domain.acts import ACTS
from workflows.domain.levels import EXITS

ROOT = Path(__file__).resolve().parents[2]
WRITING = {"record", "write", "_note", "_assign"}
NAME = re.compile(r"[a-z_0-9]+(\.[a-z_0-9]+)*")


def calls(*folders: str) -> Iterator[tuple[str, ast.Call]]:
    for folder in folders:
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call):
                    function = node.func
                    yield getattr(function, "attr", getattr(function, "id", "")), node


def literal(node: ast.expr) -> str | None:
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, str) and NAME.fullmatch(value) else None


def written_in_code() -> set[str]:
    found = {
        name
        for called, node in calls("engine/work", "workflows/domain", "workflows/operations")
        if called in WRITING
        for argument in node.args
        if (name := literal(argument)) and "." in name
    }
    return found | {f"case.{name}" for name in EXITS} | {"recheck.pass", "recheck.fail"}


def kinds_of_news() -> set[str]:
    found = {
        name
        for called, node in calls("workflows")
        if called == "News" and node.args and (name := literal(node.args[0]))
    }
    return found | {f"task.{rung}" for rung in (*routing.RUNGS, *ladder_top.TOPS)}


def acts_of_diagrams(product: Bihuan) -> set[str]:
    with product.database.read() as session:
        active = definitions.active(session)
    return {
        element.properties["act"]
        for one in active
        for element in product.catalogue.compiled(one.process, one.version).elements.values()
        if "act" in element.properties
    }


def test_every_act_has_words(bihuan: Bihuan) -> None:
    written = written_in_code()
    assert {"rung.fired", "decision.made", "process.started", "task.claimed"} <= written
    assert written | acts_of_diagrams(bihuan) | set(ACTS) <= set(labels.ACTS)


def test_every_rung_and_kind_of_news_has_words() -> None:
    kinds = kinds_of_news()
    assert {"deadline.reminder", "urge", "comment"} <= kinds
    assert kinds <= set(labels.NOTICES)
    assert {*routing.RUNGS, *ladder_top.TOPS} <= set(RUNGS)


@dataclass
class Row:
    act: str
    data: dict[str, Any] = field(default_factory=dict)
    process: str | None = "listed_supervision"
    task_id: str | None = "t1"


BUREAU = ("应急管理局", "Emergency bureau")
KNOWN = Known(
    tasks={
        "t1": TaskNames(("现场复查", "Recheck"), [BUREAU], [BUREAU]),
        "t2": TaskNames(("现场复查", "Recheck"), [BUREAU]),
    },
    processes={"listed_supervision": ("挂牌督办", "Listed supervision")},
    persons={"p1": ("李明", "Li Ming")},
)


@pytest.mark.parametrize(
    ("row", "chinese", "english"),
    [
        (Row("rung.fired", {"rung": "days_left_4"}), "还剩 4 天", "4 days left"),
        (Row("rung.fired", {"rung": "remind"}), "催办提醒", "Reminder"),
        (Row("decision.made", {"decision": "grading", "value": "major"}), "重大隐患", "major"),
        (Row("decision.made", {"decision": "limits", "value": 15}), "最长 15 天", "15 days"),
        (Row("decision.made", {"decision": "own", "value": "x"}), "建议：x", "proposes: x"),
        (Row("process.started"), "启动流程：挂牌督办", "Listed supervision"),
        (Row("process.completed", process="gone"), "流程结束", "Process completed"),
        (Row("level.confirm"), "确认等级", "Level confirmed"),
    ],
)
def test_an_act_in_words(row: Row, chinese: str, english: str) -> None:
    assert chinese in act_words(row, KNOWN, "zh").act
    assert english in act_words(row, KNOWN, "en").act


def told(row: Row, language: str) -> list[str]:
    return [line.value for line in act_words(row, KNOWN, language).lines]


def test_whom_an_escalation_told() -> None:
    rungs = [Row("rung.fired", {"rung": name}) for name in routing.RUNGS]
    assert [told(row, "zh") for row in rungs] == [
        ["现场复查", "应急管理局"],
        ["现场复查", "应急管理局的副职"],
        ["现场复查", "分管领导和区安办"],
    ]
    above = Row("rung.fired", {"rung": "principal_and_office"})
    assert told(above, "zh") == ["现场复查", "区主要领导和区安办"]
    assert "principal leader" in act_words(above, KNOWN, "en").act
    unheaded = Row("rung.fired", {"rung": "deputy"}, task_id="t2")
    assert told(unheaded, "zh") == ["现场复查", "应急管理局"]
    assert told(Row("task.assigned", {"to": "p1"}), "en") == ["Recheck", "Li Ming"]


@pytest.mark.parametrize(
    ("row", "said", "why"),
    [
        (
            Row("listing.ended", {"reason": "downgraded"}),
            "Listing ended",
            ["The level was lowered"],
        ),
        (
            Row("listing.ended", {"reason": "extension_undone"}),
            "Listing ended",
            ["The extension was undone"],
        ),
        (Row("enforcement.lapsed", {"number": 1}), "lapsed", ["The date was extended"]),
        (
            Row("enforcement.lapsed", {"number": 1, "cause": "voided"}),
            "lapsed",
            ["The case was voided"],
        ),
        (
            Row("enforcement.lapsed", {"number": 1, "cause": "shut_down"}),
            "lapsed",
            ["The site was shut down"],
        ),
        (
            Row("enforcement.lapsed", {"number": 2, "cause": "decided_already"}),
            "lapsed",
            ["This lateness was decided already"],
        ),
        (Row("listing.ended", {"reason": "new"}), "Listing ended", []),
    ],
)
def test_what_ended_of_itself_says_why(row: Row, said: str, why: list[str]) -> None:
    assert said in act_words(row, KNOWN, "en").act
    assert told(row, "en") == why
    assert len(told(row, "zh")) == len(why)
    assert all(not line.isascii() for line in told(row, "zh"))
