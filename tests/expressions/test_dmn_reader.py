"""Decision tables from XML: every version's namespace, and what is refused."""

from __future__ import annotations

import pytest

from engine import errors
from engine.execution.dmn_reader import NAMESPACES, read_dmn
from engine.expressions.decision_table import decide
from engine.expressions.tables import DecisionTable

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
TABLE = """
<decision id="limits" name="期限">
  <decisionTable id="table" hitPolicy="FIRST">
    <input id="in1" label="等级">
      <inputExpression id="ie" typeRef="feel:string"><text>case.level</text></inputExpression>
      <inputValues><text>"major","general"</text></inputValues>
    </input>
    <output id="out1" name="days" typeRef="number"/>
    <rule id="r1"><description>重大</description>
      <inputEntry id="c1"><text>"major"</text></inputEntry>
      <outputEntry id="c2"><text>15</text></outputEntry></rule>
    <rule id="r2"><inputEntry id="c3"><text>-</text></inputEntry>
      <outputEntry id="c4"><text>3</text></outputEntry></rule>
  </decisionTable>
</decision>
"""
NEWEST = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def _document(body: str, namespace: str = NEWEST, head: str = HEAD) -> bytes:
    return f'{head}<definitions xmlns="{namespace}" id="d" name="d">{body}</definitions>'.encode()


def tables(data: bytes) -> list[DecisionTable]:
    return [node.table for node in read_dmn(data).decisions if node.table is not None]


@pytest.mark.parametrize("namespace", sorted(NAMESPACES))
def test_every_version_is_read(namespace: str) -> None:
    (table,) = tables(_document(TABLE, namespace))
    assert (table.id, table.name, table.hit_policy) == ("limits", "期限", "FIRST")
    assert (table.inputs[0].expression, table.inputs[0].type) == ("case.level", "string")
    assert table.inputs[0].values == '"major","general"'
    assert table.rules[0].description == "重大"
    made = decide(table, {"case": {"level": "major"}})
    assert (made.value, made.matched) == (15, ("r1",))


def test_several_decisions_in_order() -> None:
    second = TABLE.replace('"limits"', '"other"')
    assert [table.id for table in tables(_document(TABLE + second))] == ["limits", "other"]


@pytest.mark.parametrize(
    ("old", "new", "element"),
    [
        ('hitPolicy="FIRST"', 'hitPolicy="BEST"', "table"),
        ('hitPolicy="FIRST"', 'hitPolicy="FIRST" aggregation="SUM"', "table"),
        ('hitPolicy="FIRST"', 'hitPolicy="COLLECT" aggregation="AVG"', "table"),
        ('<inputEntry id="c3"><text>-</text></inputEntry>', "", "r2"),
        ('<rule id="r2">', '<rule id="r1">', "table"),
        ('<output id="out1" name="days" typeRef="number"/>', "", "table"),
        ("<text>case.level</text>", "", "in1"),
        ('<inputEntry id="c1">', '<inputEntry id="c1" expressionLanguage="python">', "c1"),
        ('<decision id="limits" name="期限">', "<decision>", "d"),
    ],
)
def test_what_is_not_supported_is_refused_with_its_place(old: str, new: str, element: str) -> None:
    assert old in TABLE
    with pytest.raises(errors.Invalid) as caught:
        read_dmn(_document(TABLE.replace(old, new)))
    assert caught.value.details["element"] == element
    assert caught.value.message_zh


def test_a_document_without_decisions_is_refused() -> None:
    with pytest.raises(errors.Invalid):
        read_dmn(_document(""))


HOSTILE = [
    b"",
    b"not xml",
    _document(TABLE, "http://example.org/other"),
    _document(TABLE, head=f'{HEAD}<!DOCTYPE definitions [<!ENTITY a "b">]>'),
    _document(TABLE, head=f'{HEAD}<!DOCTYPE definitions SYSTEM "file:///etc/passwd">'),
    _document("<a>" * 500 + "</a>" * 500),
    _document("<!--" + "x" * 2_100_000 + "-->"),
    b'<definitions xmlns="' + NEWEST.encode() + b'">',
]


@pytest.mark.parametrize("data", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_documents_are_refused(data: bytes) -> None:
    with pytest.raises(errors.Invalid) as caught:
        read_dmn(data)
    assert caught.value.message_zh
