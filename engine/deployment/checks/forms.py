"""Forms against the diagram and the case: each is used, each binding has its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from engine.deployment.findings import Fault, Finding, Spot
from engine.deployment.subject import Subject
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
    "Expected a field of the case, but {id} is bound to case.{name}, which is none",
    "字段 {id} 绑定的 case.{name} 不是案件字段",
    "Bind it to a field of the case, or to case.ext.{name}",
    "请绑定到案件字段，或绑定到 case.ext.{name}",
)
LIST_FLAG: Final = Fault(
    "form.list_flag",
    "Expected a small value in a token flag, but {id} is a list",
    "字段 {id} 为列表，不能绑定到 token 标志",
    "Bind it to the case",
    "请绑定到案件",
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
    """Fields that are bound to what does not exist."""
    known: Mapping[str, object] = subject.environment.case_types
    for name, form in subject.bundle.read.forms.items():
        path = f"forms/{name}.json"
        for field in form.fields:
            binding = field.binding
            if binding is None:
                continue
            spot = Spot(field.key)
            if binding.target == "case" and binding.name not in known:
                yield BINDING.at(path, spot, name=binding.name)
            elif binding.target == "token" and binding.name in reserved_names():
                yield FLAG.at(path, spot, name=binding.name)
            elif binding.target == "token" and field.kind in (
                "checklist",
                "filepicker",
                "dynamiclist",
            ):
                yield LIST_FLAG.at(path, spot)
