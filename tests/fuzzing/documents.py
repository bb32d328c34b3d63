"""Decision documents that the fuzzer begins with."""

from __future__ import annotations

from typing import Final

from tests.deployment.letters import TABLE
from tests.expressions.drawing_decisions import (
    context,
    decision,
    document,
    invocation,
    knowledge,
    text,
)
from tests.expressions.drawing_decisions import table as table_of

_HEAD: Final = (
    '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="d" name="d">{}'
    "</definitions>"
)


def table(policy: str, *rows: str) -> str:
    """A document with one table over `n`, its rows written `test => output`."""
    rules = ""
    for number, row in enumerate(rows):
        test, _, output = (part.strip() for part in row.partition("=>"))
        test = test.replace("<", "&lt;")
        rules += (
            f'<rule id="r{number}"><inputEntry id="i{number}"><text>{test}</text></inputEntry>'
            f'<outputEntry id="o{number}"><text>{output}</text></outputEntry></rule>'
        )
    return _HEAD.format(
        f'<decision id="t"><decisionTable id="dt" {policy}><input id="in"><inputExpression id="e" '
        'typeRef="number"><text>n</text></inputExpression></input><output id="out" name="o">'
        f"<outputValues><text>3, 2, 1</text></outputValues></output>{rules}</decisionTable>"
        "</decision>"
    )


_CALLED: Final = knowledge("add", "a b", context(text("c"), c=text("a + b")))
_BELOW: Final = (
    decision("b", table_of('hitPolicy="FIRST"', "n", "> 3 => 1", "- => 2")),
    _CALLED,
)
_LOOP: Final = f"<in>{text('[1, 2, n]')}</in><return>{text('i + count(partial)')}</return>"
_CHOSEN: Final = f"<if>{text('n > 1')}</if><then>{text('1')}</then><else>{text('null')}</else>"
_GRAPHS: Final = (
    (decision("a", text("add(b, 1)"), needs="b", calls="add", kind="number"), *_BELOW),
    (decision("a", invocation("add", a=text("b"), b=text("2")), needs="b", calls="add"), *_BELOW),
    (decision("a", f'<for iteratorVariable="i">{_LOOP}</for>'),),
    (decision("a", f"<list>{text('n')}<conditional>{_CHOSEN}</conditional></list>"),),
    (decision("a", f"<relation><column name='x'/><row>{text('n')}</row></relation>"),),
    (
        decision(
            "a", f"<filter><in>{text('[1, n]')}</in><match>{text('item > 1')}</match></filter>"
        ),
    ),
)

DOCUMENTS: Final = (
    TABLE,
    *(document(*parts).decode() for parts in _GRAPHS),
    table('hitPolicy="FIRST"', "< 3 => 1", "[3..5) => n * 2", "- => 3"),
    table('hitPolicy="COLLECT" aggregation="SUM"', "> 1 => 1", "> 2 => 2", "not(7) => 3"),
    table('hitPolicy="PRIORITY"', "> 1 => 1", '"a", 4 => 2', "? > 3 and ? < 5 => 3"),
    table('hitPolicy="OUTPUT ORDER"', "> 1 => 1", "date(&quot;2026-01-01&quot;) => 2"),
    table('hitPolicy="ANY"', "> 1 => 1", "> 2 => 1"),
)
