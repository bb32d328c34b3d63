"""Patterns that are read off the diagram and the application, without searching states."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from itertools import product

from engine.execution.bpmn_model import Diagram, Node
from engine.verification.names import UNKNOWN, Names
from engine.verification.statutes.application import Application, Traffic
from engine.verification.statutes.declarations import BODIES, Charge, Part
from engine.verification.statutes.drawn import drawn_labels, due_name
from engine.verification.statutes.events import Event, Label, any_may

Posting = Callable[[str, str], tuple[str, str]]
"""Names a candidate rule and a post of it, in Chinese and in English."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a diagram breaks a pattern, and how."""

    element: str
    message_zh: str
    message: str


def as_posted(body: str, role: str) -> tuple[str, str]:
    """Name who does something as a diagram writes it, where no words are known."""
    written = " · ".join(filter(None, (body, role))) or "—"
    return written, written


def separated(part: Part, diagram: Diagram, application: Application) -> Iterator[Fault]:
    """Yield the tasks of acts that one body or one person may do both of."""
    acts = part.arguments["acts"]
    for number, one in enumerate(acts):
        for other in acts[number + 1 :]:
            for left, right in product(_doing(diagram, one), _doing(diagram, other)):
                fault = _together(left, right, part.arguments["apart"], application)
                if fault is not None and left.id != right.id:
                    yield fault


def _doing(diagram: Diagram, act: str) -> list[Node]:
    """Return the tasks of an act, or the event that a person's act sends its message to."""
    tasks = [node for node in diagram.of_kind("userTask") if _does(node, act)]
    if tasks:
        return tasks
    events = [node for node in diagram.nodes if any(one.name == act for one in node.events)]
    return [replace(node, properties={"act": act}) for node in events]


def _does(node: Node, act: str) -> bool:
    return fnmatchcase(node.properties.get("act", ""), act)


def _together(left: Node, right: Node, apart: str, application: Application) -> Fault | None:
    if apart == BODIES:
        return _one_body(left, right, application)
    acts = left.properties["act"], right.properties["act"]
    barred = application.barred
    if acts[0] in barred.get(acts[1], ()) or acts[1] in barred.get(acts[0], ()):
        return None
    return Fault(
        right.id,
        f"同一人可以办理“{left.id}”（{acts[0]}）和“{right.id}”（{acts[1]}）",
        f"one person may do {left.id} ({acts[0]}) and {right.id} ({acts[1]})",
    )


def _one_body(left: Node, right: Node, application: Application) -> Fault | None:
    """Return a fault unless two tasks name rules that never come to one body."""
    rules = [node.properties.get("body", "") for node in (left, right)]
    kinds = [application.kinds.get(rule, "") for rule in rules]
    if all(kinds) and kinds[0] != kinds[1]:
        return None
    named, named_zh = (sep.join(dict.fromkeys(one or "?" for one in rules)) for sep in (", ", "、"))
    return Fault(
        right.id,
        f"“{left.id}”与“{right.id}”可能由同一单位承办（{named_zh}）",
        f"{left.id} and {right.id} may be done by one body ({named})",
    )


def meet(part: Part, diagram: Diagram) -> bool:
    """Tell whether two of the acts that are to be apart are drawn."""
    return sum(any(_doing(diagram, act)) for act in part.arguments["acts"]) > 1


def entrusted(part: Part, diagram: Diagram, names: Names, posted: Posting) -> Iterator[Fault]:
    """Yield the tasks of acts that another body may do, or another post of it."""
    for charge, node in _charged(part, diagram, names):
        body, role = (node.properties.get(name, "") for name in ("body", "role"))
        if charge.meets(body, role):
            continue
        found_zh, found = posted(body, role)
        wanted_zh, wanted = posted(charge.body, charge.role)
        zh, en = node.titles
        if charge.body.startswith("!"):
            told = f"“{zh}”不得由{found_zh}办理", f"“{en}” must not be done by {found}"
        else:
            told = (
                f"“{zh}”由{found_zh}办理，应由{wanted_zh}办理",
                f"“{en}” is done by {found}, not by {wanted}",
            )
        yield Fault(node.id, *told)


def charged(part: Part, diagram: Diagram, names: Names) -> bool:
    """Tell whether an act that somebody is charged with is drawn."""
    return any(True for _ in _charged(part, diagram, names))


def _charged(part: Part, diagram: Diagram, names: Names) -> Iterator[tuple[Charge, Node]]:
    for charge in part.arguments["who"]:
        for node in diagram.of_kind("userTask"):
            if any(charge.event.may(label) for label in _answered(node, names)):
                yield charge, node


def _answered(node: Node, names: Names) -> Iterator[Label]:
    """Yield the act of a task with every answer that it may have."""
    act, told = node.properties.get("act", ""), names.outcomes.get(node.id)
    values = next((one.values for one in names.written(node.id) if one.name == told), ())
    yield from (Label("act", act, one) for one in values if isinstance(one, str))
    if not values or UNKNOWN in values:
        yield Label("act", act)


def confined(part: Part, process: str, diagram: Diagram) -> Iterator[Fault]:
    """Yield what is drawn in a process though it is proved, and belongs, in another one."""
    home = listed(part.arguments["to"])
    if process in home:
        return
    events = part.events("event")
    for node in diagram.nodes:
        if any_may(events, drawn_labels(node)):
            zh, en = node.titles
            yield Fault(
                node.id,
                f"“{zh}”只能在 {'、'.join(home)} 流程中" if home else f"“{zh}”不能由流程图发出",
                f"“{en}” belongs in {', '.join(home)}" if home else f"no diagram may send “{en}”",
            )


def listed(value: object) -> tuple[str, ...]:
    """Return one or several words of a declaration."""
    return tuple(map(str, value)) if isinstance(value, list | tuple) else (str(value),)


def bounded(
    part: Part,
    diagram: Diagram,
    application: Application,
    named: Callable[[Event], tuple[str, str]],
) -> Iterator[Fault]:
    """Yield what has no limit from the rule named, and values of the rule set that are others."""
    rule = str(part.arguments["within"])
    for event in part.events("event"):
        places = list(_places(diagram, event))
        if not places:
            zh, en = named(event)
            yield Fault("", f"流程图中没有{zh}", f"{en} is not on the diagram")
        for node in places:
            found = _rule_of(node, event, application)
            if found != rule:
                yield Fault(
                    node.id,
                    f"“{node.id}”的期限出自 {found or '—'}，应出自 {rule}",
                    f"the limit of {node.id} comes from {found or '—'}, not from {rule}",
                )
    yield from _values(part, rule, application)


def _values(part: Part, rule: str, application: Application) -> Iterator[Fault]:
    most = part.arguments.get("most")
    value = application.rules.get(rule)
    if most is not None and (not isinstance(value, int) or value > int(most)):
        yield Fault(
            "",
            f"规则 {rule} 为 {value}，不得超过 {most}",
            f"the rule {rule} is {value}, more than {most}",
        )
    for name, wanted in dict(part.arguments.get("values") or {}).items():
        if application.rules.get(name) != wanted:
            found = application.rules.get(name)
            yield Fault(
                "",
                f"规则 {name} 为 {found}，应为 {wanted}",
                f"the rule {name} is {found}, not {wanted}",
            )


def _places(diagram: Diagram, event: Event) -> Iterator[Node]:
    for node in diagram.nodes:
        if event.kind == "act" and node.kind == "userTask" and _does(node, event.name):
            yield node
        elif event.kind == "timer":
            names = [due_name(one.expression or "") for one in node.events if one.kind == "timer"]
            if any(fnmatchcase(name, event.name) for name in names):
                yield node


def _rule_of(node: Node, event: Event, application: Application) -> str:
    if event.kind == "act":
        limit = application.limit(node.properties)
        return limit.rule if limit is not None else ""
    name = next((due_name(e.expression or "") for e in node.events if e.kind == "timer"), "")
    return application.dues.get(name, "")


def asked(part: Part, diagram: Diagram, required: Mapping[str, frozenset[str]]) -> Iterator[Fault]:
    """Yield the fields that the form of an act does not ask for."""
    tasks = [n for n in diagram.of_kind("userTask") if _does(n, str(part.arguments["act"]))]
    if not tasks:
        act = part.arguments["act"]
        yield Fault("", f"流程图中没有行为 {act}", f"no task of the diagram does {act}")
    for node in tasks:
        there = required.get(node.properties.get("form", ""), frozenset())
        for name in part.arguments["fields"]:
            if name not in there:
                yield Fault(
                    node.id,
                    f"“{node.id}”的表单没有必填项 {name}",
                    f"the form of {node.id} does not ask for {name}",
                )


def handed(part: Part, traffic: Mapping[str, Traffic]) -> Iterator[Fault]:
    """Yield a message that is not sent, or that nobody takes."""
    message, target = str(part.arguments["message"]), str(part.arguments["to"])
    here, there = traffic.get(part.process, Traffic()), traffic.get(target, Traffic())
    if message not in here.sends:
        yield Fault("", f"流程不发出 {message}", f"the process does not send {message}")
    if message not in there.takes:
        yield Fault(
            "", f"流程 {target} 不接收 {message}", f"the process {target} does not take {message}"
        )
