"""What the registries of the domain take in: acts, completions, operations, separation, dates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.ports import Act, Completion, Context, TaskFacts
from workflows.domain.extension import asking, deciding, effect, filing, lapsing, signing
from workflows.domain.hazard_case import HazardCase

ACTS: tuple[Act, ...] = (
    Act("extension.request", "申请延期整改", "Request an extension", "request"),
    Act("extension.withdraw", "撤回延期申请", "Withdraw the request", "withdraw"),
)
BY_THE_ENTERPRISE = frozenset({"extension.request", "extension.withdraw"})
"""Acts that the enterprise itself performs."""

GUARDS: dict[str, Callable[[HazardCase, Context], None]] = {
    "extension.request": asking.may_request,
    "extension.withdraw": asking.may_withdraw,
}
WRITES: dict[str, Callable[[HazardCase, Mapping[str, Any], Context], Completion]] = {
    "extension.request": asking.requested,
    "extension.withdraw": asking.withdrawn_by,
}
COMPLETIONS: dict[
    str, Callable[[HazardCase, TaskFacts, Mapping[str, Any], Context], Completion]
] = {
    "extension.sign.park_command": signing.signed,
    "extension.sign.industry_department": signing.signed,
    "extension.sign.leader": signing.signed,
    "extension.resubmit": asking.resubmitted,
    "extension.issuer_reply": filing.issuer_replied,
    "extension.file": filing.filed,
    "extension.amend": filing.amended,
    "extension.objection": filing.objection_decided,
}
DEFAULTS: dict[str, Callable[[HazardCase, TaskFacts], dict[str, Any]]] = {
    "extension.resubmit": asking.asked_before,
}
OPERATIONS: dict[str, Callable[[HazardCase, Mapping[str, Any], Context], Any]] = {
    "extension.open": signing.hand_over,
    "extension.decide": deciding.decide,
    "extension.lapse": lapsing.lapse,
    "extension.withdrawn": deciding.withdrawn,
    "extension.undo": effect.undo,
}
RESULT_TYPES: dict[str, str | None] = {
    "extension.open": None,
    "extension.decide": "string",
    "extension.lapse": None,
    "extension.withdrawn": None,
    "extension.undo": None,
}
"""FEEL type of each operation's answer; None where it answers nothing."""

DUE_NAMES = frozenset({"extension.resubmit", "extension.lapsed", "extension.answer_lapsed"})
FORMS = frozenset({"request", "withdraw"})
"""Forms of the acts, which lie with the process `extension_request`."""
