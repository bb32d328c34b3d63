"""Forms against the diagram: each is used, each binding is a flag that may be written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.deployment.findings import Fault, Finding, Spot
from engine.deployment.subject import Subject
from engine.forms.components import LISTS
from engine.forms.conditions import reserved_names

UNUSED: Final = Fault(
    "form.unused",
    "Expected a task or act that uses the form {form}, but there is none",
    "没有任务或操作使用表单 {form}",
    "Remove the form, or name it in a task's property form",
    "请删除该表单，或在任务属性 form 中引用",
)
BINDING: Final = Fault(
    "form.binding",
    "Expected the form of a task, but {id} is bound to ext.{name} in the form of an act",
    "字段 {id} 绑定到 ext.{name}，但该表单属于案件上的办理事项，不属于任务",
    "Ask for it in the form of a task, or remove the binding",
    "请在任务的表单中填写，或删除绑定",
)
LIST_FLAG: Final = Fault(
    "form.list_flag",
    "Expected a small value in a flag or field, but {id} is a list",
    "字段 {id} 为列表，不能绑定到 token 标志或案件字段",
    "Remove the binding",
    "请删除绑定",
)
FLAG: Final = Fault(
    "form.flag_name",
    "Expected a free name of a token flag, but {id} is bound to token.{name}, which is reserved",
    "字段 {id} 绑定的 token.{name} 为保留名称",
    "Choose another name",
    "请更换名称",
)


def check_use(subject: Subject) -> Iterator[Finding]:
    """Forms that no task and no act uses."""
    used = {subject.form_of(node) for node in subject.diagram.of_kind("userTask")}
    used |= subject.environment.act_forms.get(subject.bundle.process, frozenset())
    for path in sorted(subject.bundle.files):
        form = path.removeprefix("forms/").removesuffix(".json")
        if path.startswith("forms/") and form not in used:
            yield UNUSED.at(path, form=form)


def check_bindings(subject: Subject) -> Iterator[Finding]:
    """Fields that are bound to what no answer may be kept in."""
    of_acts = subject.environment.act_forms.get(subject.bundle.process, frozenset())
    for name, form in subject.bundle.read.forms.items():
        path = f"forms/{name}.json"
        for field in form.fields:
            binding = field.binding
            if binding is None:
                continue
            spot = Spot(field.key)
            if field.kind in LISTS:
                yield LIST_FLAG.at(path, spot)
            elif binding.target == "token" and binding.name in reserved_names():
                yield FLAG.at(path, spot, name=binding.name)
            elif binding.target == "ext" and name in of_acts:
                yield BINDING.at(path, spot, name=binding.name)
