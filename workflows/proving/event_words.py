"""Names the events of statutes in words: what a step is called, and what comes of it.

A declaration writes `act contract.sign[agree]`; whoever reads a finding knows the step by its
title. Titles are those of the diagram that is judged; what is missing there is called as it is on
a diagram in force, and what no diagram shows, as the application calls it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from engine.deployment.bundle import Bundle
from engine.execution.bpmn_model import Node
from engine.verification.statutes.drawn import drawn_labels
from engine.verification.statutes.events import Event
from workflows.domain.acts import ACTS
from workflows.domain.generic_parameters import BODIES, ROLES
from workflows.operations.answers import ANSWER_NAMES
from workflows.operations.described import NAMES

Words = tuple[str, str]

_KINDS: Final[dict[str, Words]] = {
    "act": ("任务{}", "the task {}"),
    "operation": ("服务{}", "the service {}"),
    "decision": ("判定表{}", "the decision {}"),
    "message": ("发出消息的{}", "the message of {}"),
    "signal": ("发出信号的{}", "the signal of {}"),
    "received": ("收到消息的{}", "what is caught by {}"),
    "timer": ("到期的{}", "the date of {}"),
    "element": ("步骤{}", "the step {}"),
}


_BODIES: Final[dict[str, Words]] = {
    **{one.value: (one.zh, one.en) for one in BODIES},
    "interview_host": ("约谈人", "Host of the interview"),
}
_ROLES: Final[dict[str, Words]] = {one.value: (one.zh, one.en) for one in ROLES}


@dataclass(frozen=True)
class EventWords:
    """Words for events, from the bundle that is judged and, after it, from those in force."""

    bundles: Sequence[Bundle]

    def __call__(self, event: Event) -> Words:
        """Return an event in Chinese and in English."""
        zh, en = _joined(self._titles(event))
        kind_zh, kind = _KINDS[event.kind]
        zh, en = kind_zh.format(zh), kind.format(en)
        if not event.answers:
            return zh, en
        said_zh, said = _joined([self._answer(event, one) for one in sorted(event.answers)])
        if event.others:
            return f"{zh}（结果不是{said_zh}）", f"{en} with an outcome other than {said}"
        return f"{zh}（结果为{said_zh}）", f"{en} with the outcome {said}"

    def _titles(self, event: Event) -> Sequence[Words]:
        for bundle in self.bundles:
            titles = [node.titles for node in _bringing(bundle, event)]
            if titles:
                return titles
        act = ACTS.get(event.name)
        named = (act.title_zh, act.title) if act is not None else None
        return [NAMES.get(event.name) or named or (event.name, event.name)]

    def _answer(self, event: Event, answer: str) -> Words:
        if event.kind == "operation":
            return ANSWER_NAMES.get(answer, (answer, answer))
        offered = (one for bundle in self.bundles for one in _offered(bundle, event, answer))
        return next(offered, (answer, answer))


def posted(body: str, role: str) -> Words:
    """Return who does something in Chinese and in English; whoever it is where nobody is named."""
    if not body:
        return "未写明的单位", "a body that is not named"
    zh, en = _BODIES.get(body, (body, body))
    if not role:
        return zh, en
    role_zh, role_en = _ROLES.get(role, (role, role))
    return f"{zh}（{role_zh}）", f"{en} ({role_en})"


def _bringing(bundle: Bundle, event: Event) -> Iterator[Node]:
    """Yield the elements that bring an event about, whatever comes of it."""
    whatever = replace(event, answers=frozenset())
    for node in bundle.diagram.nodes if bundle.diagram is not None else ():
        if any(whatever.may(label) for label in drawn_labels(node)):
            yield node


def _offered(bundle: Bundle, event: Event, answer: str) -> Iterator[Words]:
    """Yield what an answer is called in the forms of the tasks that give it."""
    for node in _bringing(bundle, event):
        form = bundle.read.forms.get(node.properties.get("form") or node.id)
        for field in form.fields if form is not None else ():
            for option in field.options:
                if option.value == answer:
                    yield option.label_zh, option.label


def _joined(words: Sequence[Words]) -> Words:
    several = list(dict.fromkeys(words))
    zh, en = ([f"“{one[place]}”" for one in several] for place in (0, 1))
    return "或".join(dict.fromkeys(zh)), " or ".join(dict.fromkeys(en))
