"""Decision documents that the fuzzer begins with."""

from __future__ import annotations

from typing import Final

from tests.deployment.letters import TABLE

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


DOCUMENTS: Final = (
    TABLE,
    table('hitPolicy="FIRST"', "< 3 => 1", "[3..5) => n * 2", "- => 3"),
    table('hitPolicy="COLLECT" aggregation="SUM"', "> 1 => 1", "> 2 => 2", "not(7) => 3"),
    table('hitPolicy="PRIORITY"', "> 1 => 1", '"a", 4 => 2', "? > 3 and ? < 5 => 3"),
    table('hitPolicy="OUTPUT ORDER"', "> 1 => 1", "date(&quot;2026-01-01&quot;) => 2"),
    table('hitPolicy="ANY"', "> 1 => 1", "> 2 => 1"),
)
