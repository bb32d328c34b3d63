"""Flags: what reads one stands behind something that writes it, on every way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.deployment.findings import Fault, Finding
from engine.deployment.subject import Subject
from engine.execution.flag_paths import flag_use

UNWRITTEN: Final = Fault(
    "flag.unwritten",
    "Expected {flag} to be written before {id} reads it, but there is a way there on which "
    "nothing writes it; on that way the case stops as an incident",
    "{id} 读取标记 {flag}，但有一条路走到这里时还没有写入它；走这条路的案件会转为异常",
    "Write it on every way, for example by set.{flag} on an element before",
    "请在每条路上都写入，例如在前面的节点上写 set.{flag}",
    "warning",
)


def check_reads(subject: Subject) -> Iterator[Finding]:
    """Flags that may be read before anything has written them."""
    diagram = subject.diagram
    use = flag_use([diagram], lambda form: _bound(subject, form))
    outermost = {process.id for process in diagram.processes}
    starts = [node.id for node in diagram.of_kind("startEvent") if node.scope in outermost]
    for flag in sorted(use.writers):
        element = use.unwritten(flag, starts)
        if element is not None:
            yield UNWRITTEN.at(subject.file, diagram.by_id[element], flag=flag)


def _bound(subject: Subject, form: str) -> Iterator[str]:
    found = subject.bundle.read.forms.get(form)
    return (flag for _, flag in found.flags) if found is not None else iter(())
