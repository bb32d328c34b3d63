"""Draws small decision documents for the tests."""

from __future__ import annotations

from html import escape

HEAD = (
    '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="d" name="d" '
    'namespace="urn:d">{}</definitions>'
)


def document(*parts: str) -> bytes:
    return HEAD.format("".join(parts)).encode()


def text(expression: str) -> str:
    return f"<literalExpression><text>{escape(expression)}</text></literalExpression>"


def decision(
    name: str, logic: str, *, needs: str = "", calls: str = "", kind: str = "", variable: str = ""
) -> str:
    required = "".join(
        f'<informationRequirement><requiredDecision href="#{one}"/></informationRequirement>'
        for one in needs.split()
    )
    required += "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#{one}"/></knowledgeRequirement>'
        for one in calls.split()
    )
    typed = f' typeRef="{kind}"' if kind else ""
    return (
        f'<decision id="{name}" name="{name}"><variable name="{variable or name}"{typed}/>'
        f"{required}{logic}</decision>"
    )


def knowledge(name: str, parameters: str, body: str, *, calls: str = "") -> str:
    formal = "".join(f'<formalParameter name="{one}"/>' for one in parameters.split())
    required = "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#{one}"/></knowledgeRequirement>'
        for one in calls.split()
    )
    return (
        f'<businessKnowledgeModel id="{name}" name="{name}">{required}'
        f"<encapsulatedLogic>{formal}{body}</encapsulatedLogic></businessKnowledgeModel>"
    )


def context(result: str = "", **entries: str) -> str:
    inner = "".join(
        f'<contextEntry><variable name="{name}"/>{logic}</contextEntry>'
        for name, logic in entries.items()
    )
    last = f"<contextEntry>{result}</contextEntry>" if result else ""
    return f"<context>{inner}{last}</context>"


def invocation(function: str, **bindings: str) -> str:
    inner = "".join(
        f'<binding><parameter name="{name}"/>{logic}</binding>' for name, logic in bindings.items()
    )
    return f"<invocation>{text(function)}{inner}</invocation>"


def table(policy: str, tested: str, *rows: str) -> str:
    """A table of one input and one output, its rows written `test => output`."""
    rules = ""
    for number, row in enumerate(rows):
        test, _, output = (escape(part.strip()) for part in row.partition("=>"))
        rules += (
            f'<rule id="r{number}"><inputEntry><text>{test}</text></inputEntry>'
            f"<outputEntry><text>{output}</text></outputEntry></rule>"
        )
    return (
        f'<decisionTable id="dt_{tested}" {policy}><input><inputExpression><text>{tested}</text>'
        "</inputExpression></input><output><outputValues><text>3, 2, 1</text></outputValues>"
        f"</output>{rules}</decisionTable>"
    )
