"""Small changes to texts and to documents: of a token, a character, an element, an attribute."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any, Final
from xml.etree import ElementTree as ET

from engine.expressions.builtins import BUILTINS

_TOKEN: Final = re.compile(r'"(?:\\.|[^"\\])*"|\w+|\s+|[^\w\s]')
_LITERAL: Final = re.compile(r'@?"(?:\\.|[^"\\])*"|\b\d[\d.]*\b|\btrue\b|\bfalse\b|\bnull\b')
_NAMES: Final = sorted(BUILTINS)
_LONGEST: Final = 500

WORDS: Final = (
    *("null", "true", "false", "0", "1", "-1", "2.5", "1e6144", "1e-6144", "9999999999", '"a"'),
    *('""', '"中文"', '"(a|b)*"', '"\\u0000"', '"\\n"', '"PT1H"', '"2026-01-31"', '"$1"', "x", "?"),
    *('@"2026-01-31"', '@"09:30:00"', '@"2026-01-31T09:30:00Z"', '@"PT1H"', '@"P1M"', "[]", "{}"),
    *('@"9999-12-31"', '@"0001-01-01"', '@"09:30:00@Asia/Shanghai"', '@"P999999999D"', "item"),
    *('@"2026-10-25T02:30:00@Europe/Berlin"', '"../../etc/passwd"', '"Etc/GMT+5"', "partial"),
    *("+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", " and ", " or ", " in ", ".."),
    *("(", ")", "[", "]", "{", "}", ",", ":", ".", "->", " between ", " instance of ", "not("),
    *("if ", " then ", " else ", "for i in ", " return ", "some i in ", "every i in ", " @"),
    *(" satisfies ", "function(a, b) ", "function(x: number) ", "case", "case.level", "xs", "//"),
    *("/*", ".year", ".days", ".time offset", ".timezone", ".start", "list<number>", "__class__"),
    *("number", "date and time", "context<a: number>", "[item > 1]", "[1]", "(x)", "(x, xs)"),
    *(f"{name}(" for name in sorted(BUILTINS)),
)


SHAPES: Final = (
    *("({0}) + ({1})", "({0}) - ({1})", "({0}) * ({1})", "({0}) / ({1})", "({0}) ** ({1})"),
    *("({0}) = ({1})", "({0}) < ({1})", "({0}) >= ({1})", "({0}) in ({1})", "-({0})"),
    *("if ({0}) then ({1}) else ({0})", "[{0}, {1}]", "{{a: {0}, b: {1}}}", "({0}).a", "({0})[1]"),
    *("for i in ({0}) return ({1})", "some i in ({0}) satisfies i = ({1})", "({0})[item = ({1})]"),
    *("for i in ({0})..({1}) return i", "[({0})..({1}))", "not({0})", "({0}) between ({1}) and x"),
    *("(function(x) ({0}))({1})", "({0}) instance of number", "({0}).days", "({0}).year"),
    *("sort({0}, function(a, b) ({1}))", "({0})[({1})]", "({0}) and ({1})", "string({0})"),
)


def change_text(random: Random, text: str, kept: Sequence[str]) -> str:
    """Return an expression changed token by token, or joined with another one as a whole."""
    if random.random() < 0.5:
        return _join(random, text, random.choice(kept))[:_LONGEST]
    return _change_tokens(random, text, kept)


def _join(random: Random, text: str, other: str) -> str:
    kind = random.randrange(4)
    if kind == 0:
        return random.choice(SHAPES).format(text, other)
    if kind == 1:
        count = random.randint(0, 3)
        parts = [text, other, random.choice(WORDS[:40])][:count]
        return f"{random.choice(_NAMES)}({', '.join(parts)})"
    found = list(_LITERAL.finditer(text))
    if not found:
        return random.choice(SHAPES).format(other, text)
    one = random.choice(found)
    fresh = f"({other})" if kind == 2 else random.choice(WORDS[:40])
    return text[: one.start()] + fresh + text[one.end() :]


def _change_tokens(random: Random, text: str, kept: Sequence[str]) -> str:
    parts = _TOKEN.findall(text)
    for _ in range(random.randint(1, 4)):
        at = random.randint(0, len(parts))
        kind = random.randrange(8)
        if kind <= 1:
            parts.insert(at, random.choice(WORDS))
        elif kind == 2 and parts:
            parts[at % len(parts)] = random.choice(WORDS)
        elif kind == 3 and parts:
            del parts[at % len(parts) : at % len(parts) + random.randint(1, 3)]
        elif kind == 4 and parts:
            end = at + random.randint(1, 6)
            parts[at:at] = parts[at:end] * random.choice((1, 1, 2, 9))
        elif kind == 5:
            other = _TOKEN.findall(random.choice(kept))
            start = random.randint(0, len(other))
            parts[at:at] = other[start : start + random.randint(1, 12)]
        elif kind == 6:
            other = _TOKEN.findall(random.choice(kept))
            parts[at:] = other[random.randint(0, len(other)) :]
        else:
            parts[at:at] = [_character(random)]
    return "".join(parts)[:_LONGEST]


def _character(random: Random) -> str:
    plain = random.choice("()[]{}<>,:.\"@?-+*/\\ \n\t'$;|&^%#!~`0aZ")
    return random.choice((plain, plain, chr(random.choice((0, 0x85, 0x2028, 0xD800, 0x1F600)))))


_JSON: Final[tuple[Any, ...]] = (
    *({}, [], [{}], {"type": {}}, {"a": 1}, None, True, 0, -1, 1e300, "", "=x", "=1 +", "x" * 400),
    *("token.decision", "case.x.y", "token.__class__", "select", "dynamiclist", "group", "中文"),
)


def change_json(random: Random, text: str, kept: Sequence[str]) -> str:
    """Return a JSON document with one to three of its values changed, or its text broken."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return random.choice(kept)
    if random.random() < 0.1:
        return _change_tokens(random, text, kept)
    for _ in range(random.randint(1, 3)):
        places = list(_places(document))
        if places:
            holder, at = random.choice(places)
            others = [other[place] for other, place in places]
            fresh = random.choice(others) if random.random() < 0.4 else random.choice(_JSON)
            holder[at] = copy.deepcopy(fresh)
            if isinstance(holder, dict) and random.random() < 0.3:
                holder[random.choice(_KEYS)] = copy.deepcopy(random.choice(_JSON))
    return json.dumps(document)


_KEYS: Final = (
    *("type", "key", "label", "path", "valuesKey", "values", "validate", "conditional", "readonly"),
    *("properties", "components", "subtype", "multiple", "defaultValue", "description", "text"),
)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 JSON is of many types
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for at, item in list(inner):
        yield value, at
        if isinstance(item, dict | list):
            yield from _places(item)


TAGS: Final = (
    *("userTask", "serviceTask", "businessRuleTask", "exclusiveGateway", "parallelGateway"),
    *("inclusiveGateway", "eventBasedGateway", "complexGateway", "startEvent", "endEvent"),
    *("intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent", "subProcess"),
    *("callActivity", "scriptTask", "transaction", "messageEventDefinition", "sequenceFlow"),
    *("timerEventDefinition", "errorEventDefinition", "terminateEventDefinition", "timeCycle"),
    *("signalEventDefinition", "linkEventDefinition", "multiInstanceLoopCharacteristics"),
    *("decision", "decisionTable", "literalExpression", "invocation", "context", "knowledgeSource"),
    *("informationRequirement", "businessKnowledgeModel", "inputEntry", "outputEntry", "rule"),
)
VALUES: Final = (
    *("true", "false", "", "UNIQUE", "FIRST", "ANY", "PRIORITY", "COLLECT", "OUTPUT ORDER"),
    *("RULE ORDER", "SUM", "COUNT", "MIN", "MAX", "python", "__class__", "typename", "End", "Root"),
    *('due("answer")', "1 + 1", 'decision = "agree"', "x.__class__", '__import__("os")', "R3/PT1H"),
    *('"major"', "> 3", "-", "[1..5)", 'not("a")', "weight + 1", "null", "0", "x" * 300, "中文"),
)


def change_document(random: Random, text: str, kept: Sequence[str]) -> str:
    """Return a document with one to three elements or attributes changed, or its text broken."""
    if random.random() < 0.05:
        return change_text(random, text, kept)[: len(text) + _LONGEST]
    try:
        root = ET.fromstring(text)  # noqa: S314 texts of our own
    except (ET.ParseError, UnicodeError):
        return random.choice(kept)
    for _ in range(random.randint(1, 3)):
        _change(random, root, kept)
    return ET.tostring(root, encoding="unicode")


def _change(random: Random, root: ET.Element, kept: Sequence[str]) -> None:
    elements = list(root.iter())
    parents = [element for element in elements if len(element)]
    one = random.choice(elements)
    kind = random.randrange(9)
    if kind == 0 and parents:
        parent = random.choice(parents)
        parent.remove(random.choice(list(parent)))
    elif kind == 1:
        random.choice(elements).append(copy.deepcopy(_leaf(random, elements)))
    elif kind in {2, 3} and one.attrib:
        name = random.choice(list(one.attrib))
        others = [e.get(name, "") for e in elements if e.get(name)]
        one.set(name, random.choice(others if others and random.random() < 0.8 else VALUES))
    elif kind == 4:
        one.tag = f"{one.tag.rpartition('}')[0]}}}{random.choice(TAGS)}".removeprefix("}")
    elif kind == 5:
        one.text = random.choice(VALUES)
    elif kind == 6 and one.text and one.text.strip():
        one.text = change_text(random, one.text, VALUES)
    elif kind == 7 and parents:
        children = list(random.choice(parents))
        random.choice(parents).extend(copy.deepcopy(random.sample(children, 1)))
    else:
        _insert(random, root, one)


def _leaf(random: Random, elements: Sequence[ET.Element]) -> ET.Element:
    return random.choice([e for e in elements if len(e) < 6])


def _insert(random: Random, root: ET.Element, one: ET.Element) -> None:
    """Put a new step into a sequence flow, or a new element anywhere."""
    space = one.tag.rpartition("}")[0] + "}" if "}" in one.tag else ""
    flows = [e for e in root.iter() if e.tag.endswith("}sequenceFlow")]
    made = ET.Element(f"{space}{random.choice(TAGS)}", id=f"n{random.randrange(10**6)}")
    if not flows or flows[0] is root or random.random() < 0.3:
        one.append(made)
        return
    flow = random.choice(flows)
    parent = next(p for p in root.iter() if flow in list(p))
    parent.append(made)
    onward = copy.deepcopy(flow)
    onward.set("id", f"f{random.randrange(10**6)}")
    onward.set("sourceRef", made.get("id", ""))
    for child in list(onward):
        onward.remove(child)
    flow.set("targetRef", made.get("id", ""))
    parent.append(onward)


for _prefix, _uri in (
    ("bpmn", "http://www.omg.org/spec/BPMN/20100524/MODEL"),
    ("bpmndi", "http://www.omg.org/spec/BPMN/20100524/DI"),
    ("xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ("spiffworkflow", "http://spiffworkflow.org/bpmn/schema/1.0/core"),
):
    ET.register_namespace(_prefix, _uri)
