"""What the browser knows of FEEL: conditions written and read back, names completed, functions."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from engine.expressions import feel
from engine.expressions.builtins import BUILTINS

FEEL = Path(__file__).parents[2] / "webapp" / "assets" / "js" / "studio" / "feel"
NODE = Path(sys.executable).parent / "node"
ASK = """
globalThis.document = { documentElement: { lang: "zh-CN" } };
const { readCondition, writeCondition } = await import(process.argv[1] + "/simple.js");
const { completions } = await import(process.argv[1] + "/completions.js");
const { texts, typed, vocabulary } = JSON.parse(process.argv[2]);
const written = texts.map((text) => {
  const read = readCondition(text);
  return read && [read.join, read.rows.length, writeCondition(read)];
});
const offered = typed.map((text) => completions(text, text.length, vocabulary));
console.log(JSON.stringify({ written, offered }));
"""
SIMPLE = {
    'case.level = "major"': ("and", 1),
    'decision != "agree" and case.overdue = true': ("and", 2),
    'case.level in ("general", "larger") or not(case.phase in ("ordered"))': ("or", 2),
    "case.round >= -2.5": ("and", 1),
    'case.found_on < date("2026-03-02")': ("and", 1),
    "等级 = null or 意见 != null": ("or", 2),
    'note = "a \\"b\\" and c"': ("and", 1),
}
SAME = {
    "overdue": "overdue = true",
    "not(overdue)": "overdue = false",
    '(a = 1) and (b = "x")': 'a = 1 and b = "x"',
    'd = @"2026-03-02"': 'd = date("2026-03-02")',
}
MORE = (
    "a = 1 and b = 2 or c = 3",
    "count(list) > 3",
    "a + 1 = 2",
    "1 = a",
    "a between 1 and 2",
    "not(a = 1)",
    "some x in list satisfies x > 1",
    "a = b",
    'a = "open',
    "a in [1..3]",
    "a =",
    "and",
)
VOCABULARY: dict[str, Any] = {
    "names": [
        {"name": "case.level", "type": "string", "words": "等级", "values": [{"id": "major"}]},
        {"name": "case.overdue", "type": "boolean", "words": "已逾期"},
    ],
    "due_names": [{"id": "rectification", "name": "整改期限"}],
    "functions": [{"name": "workdays", "parameters": ["date", "n"]}],
}
OFFERED = {
    "case.l": "case.level",
    "等级": "case.level",
    "case.level = ": '"major"',
    'case.level = "ma': '"major"',
    'case.level in ("x", ': '"major"',
    "case.overdue = ": "true",
    "due(": '"rectification"',
    "1 + work": "workdays()",
    "1 + string len": "string length()",
    "x and string ": "string length()",
}

pytestmark = pytest.mark.skipif(not NODE.exists(), reason="node is not installed; see make setup")


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """What the modules answer to everything asked here."""
    asked = {
        "texts": [*SIMPLE, *SAME, *MORE, ""],
        "typed": list(OFFERED),
        "vocabulary": VOCABULARY,
    }
    arguments = ["--input-type=module", "-e", ASK, str(FEEL), json.dumps(asked)]
    done = subprocess.run([NODE, *arguments], check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_what_rows_wrote_they_read_back(told: dict[str, Any]) -> None:
    written = dict(zip([*SIMPLE, *SAME, *MORE, ""], told["written"], strict=True))
    for text, (join, rows) in SIMPLE.items():
        assert written[text] == [join, rows, text]
        feel.parse(text)
    for text, instead in SAME.items():
        assert written[text][2] == instead
        feel.parse(instead)
    assert {text: written[text] for text in MORE} == dict.fromkeys(MORE)
    assert written[""] == ["and", 0, ""]


def test_names_values_and_functions_are_offered(told: dict[str, Any]) -> None:
    offered = dict(zip(OFFERED, told["offered"], strict=True))
    for text, wanted in OFFERED.items():
        assert wanted in [one["insert"] for one in offered[text]["items"]], text
    assert offered["1 + string len"]["from"] == len("1 + "), "the words before are replaced too"


def test_the_browser_knows_the_functions_of_the_engine() -> None:
    text = (FEEL / "builtins.js").read_text("utf-8")
    assert set(re.findall(r'"([^"]+)"', text)) == set(BUILTINS)
