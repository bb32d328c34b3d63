"""Own acts: a step that a designer adds never stands for one that the rules name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from engine.deployment.findings import Fault, Finding, Spot
from engine.deployment.subject import Subject
from engine.execution.bpmn_model import Node
from engine.operations import OWN

_NAME: Final = re.compile(r"own\.(open\.)?[a-z][a-z0-9_]{0,49}")
_OPEN: Final = f"{OWN}open."

ACT: Final = Fault(
    "own_act.name",
    "Expected {id} to name an own act, such as own.site_visit, but it is {value!r}",
    "用户任务 {id} 的自定义事项 {value} 写法不合要求，应如 own.site_visit",
    "Write own.NAME, or own.open.NAME where the enterprise may know of it",
    "请写成 own.名称；企业也可以知道的写成 own.open.名称",
)
STATUTORY: Final = Fault(
    "own_act.statutory",
    "Expected a name of its own at {id}, but {value} looks like the act {known} of the rules",
    "用户任务 {id} 的自定义事项 {value} 与规定的办理事项 {known} 同名",
    "Name the act {known} if it is meant, otherwise choose another name",
    "如确为该事项，请直接写 {known}；否则请更换名称",
)
UNTOLD: Final = Fault(
    "own_act.untold",
    "Expected own.open.NAME at {id}, because the enterprise does it, but it is {value}",
    "用户任务 {id} 由企业办理，其自定义事项应写成 own.open.名称，实际为 {value}",
    "Rename the act, so that the enterprise finds it in the history of the case",
    "请更改名称，使企业能在办理经过中看到",
)
NAMELESS: Final = Fault(
    "own_act.nameless",
    "Expected a Chinese name and an English documentation at {id}, because history calls the own "
    "act by them, but one is missing",
    "用户任务 {id} 缺少中文名称或英文说明，而办理经过要用它们称呼该事项",
    "Fill in the name, and the English name as the first line of the documentation",
    "请填写名称，并在说明的第一行填写英文名称",
)
LADDER: Final = Fault(
    "own_act.ladder",
    "Expected working days as the ladder of {id}, because {value} is a limit of the rules",
    "用户任务 {id} 不能使用规定的时限 {value}",
    "Choose one of: {known}",
    "可选：{known}",
)
BODY: Final = Fault(
    "own_act.body",
    "Expected a body that every case has to do {id}, but {value} is named by a step of the rules",
    "用户任务 {id} 应由每个案件都有的单位承办，而 {value} 由规定的步骤确定",
    "Choose one of: {known}",
    "可选：{known}",
)
FLAG: Final = Fault(
    "own_act.flag",
    "Expected a flag of its own, but {id} is asked by an own act and writes {flag}, which {other} "
    "writes as well",
    "{id} 由自定义事项填写，却写入 {other} 也写入的标记 {flag}",
    "Choose another name, so that what the rules decide stays as it was decided",
    "请更换标记名称，以免改变规定步骤所作的决定",
)
KEPT: Final = "the product"


def check_own_acts(subject: Subject) -> Iterator[Finding]:
    """Own acts that stand for an act, a limit or an answer of the rules."""
    for node in subject.diagram.of_kind("userTask"):
        act = node.properties.get("act", "")
        if not act.startswith(OWN):
            continue
        yield from _named(subject, node, act)
        ladder = node.properties.get("ladder", "")
        own = subject.environment.own_ladders
        if ladder in subject.environment.ladders - own:
            known = ", ".join(sorted(own)) or "-"
            yield LADDER.at(subject.file, node, value=ladder, known=known)
        body, bodies = node.properties.get("body", ""), subject.environment.own_bodies
        if body in subject.environment.bodies - bodies:
            yield BODY.at(subject.file, node, value=body, known=", ".join(sorted(bodies)) or "-")
        yield from _flags(subject, node)


def _named(subject: Subject, node: Node, act: str) -> Iterator[Finding]:
    environment = subject.environment
    if not _NAME.fullmatch(act):
        yield ACT.at(subject.file, node, value=act)
        return
    plain = act.removeprefix(_OPEN).removeprefix(OWN)
    acts = {one.partition(":")[0] for one in environment.task_acts or ()} | environment.act_messages
    known = {one.replace(".", "_"): one for one in acts}
    if plain in known:
        yield STATUTORY.at(subject.file, node, value=act, known=known[plain])
    if node.properties.get("body") in environment.outside_bodies and not act.startswith(_OPEN):
        yield UNTOLD.at(subject.file, node, value=act)
    if not node.name or not node.documentation:
        yield NAMELESS.at(subject.file, node)


def _flags(subject: Subject, task: Node) -> Iterator[Finding]:
    """Flags that the own act writes and something other than an own act does too."""
    taken = {**dict.fromkeys(subject.environment.kept_flags, KEPT), **_written(subject)}
    for flag, place, file in _writes(subject, task):
        if flag in taken:
            yield FLAG.at(file, place, flag=flag, other=taken[flag])


def _writes(subject: Subject, task: Node) -> Iterator[tuple[str, Node | Spot, str]]:
    name = subject.form_of(task)
    form = subject.bundle.read.forms.get(name)
    for key, flag in form.flags if form else ():
        yield flag, Spot(key), f"forms/{name}.json"
    for one in task.assignments:
        yield one.name, task, subject.file


def _written(subject: Subject) -> dict[str, str]:
    """Return the flags that anything but own acts writes, with the element."""
    found: dict[str, str] = {}
    for node in subject.diagram.nodes:
        if node.result:
            found[node.result] = node.id
        if node.properties.get("act", "").startswith(OWN):
            continue
        found.update((one.name, node.id) for one in node.assignments)
        if node.kind == "userTask":
            form = subject.bundle.read.forms.get(subject.form_of(node))
            found.update((flag, node.id) for _, flag in (form.flags if form else ()))
            found.update(dict.fromkeys(subject.environment.answer_flags, node.id))
    return found
