"""Every text that an operation may answer, and every flag that an act writes beyond its form.

The verifier follows these values through the diagrams; what an operation or act writes and does
not say here would let it prove what is not so. A test holds both against what the scenarios do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.verification.names import UNKNOWN, Write

_WATCH: Final = ("waiting", "open", "fix", "done")
_VERDICT: Final = ("pass", "fail")

ANSWERS: Final[Mapping[str, tuple[str, ...]]] = {
    "deadline.expire": ("rectification", "order", "final"),
    "recheck.conclude": _VERDICT,
    "listing.next_report": ("enterprise", "authority"),
    "extension.decide": ("effective", "refused", "returned"),
    "enforcement.lapse": ("stands", "lapsed"),
    "interview.final_date": _WATCH,
    "interview.undecided": _WATCH,
}

ANSWER_NAMES: Final[Mapping[str, tuple[str, str]]] = {
    "rectification": ("整改期限届满", "the rectification date passed"),
    "order": ("指令书期限届满", "the date of the order passed"),
    "final": ("最终期限届满", "the final date passed"),
    "pass": ("合格", "passed"),
    "fail": ("不合格", "failed"),
    "enterprise": ("由企业报告", "the enterprise reports"),
    "authority": ("由督办单位报告", "an authority reports"),
    "effective": ("延期生效", "the extension takes effect"),
    "refused": ("不予延期", "refused"),
    "returned": ("退回补正", "returned"),
    "stands": ("仍然有效", "stands"),
    "lapsed": ("失效", "lapsed"),
    "waiting": ("等待决定", "waiting for a decision"),
    "open": ("仍未决定", "still undecided"),
    "fix": ("须确定最终期限", "a final date is to be fixed"),
    "done": ("已办完", "done"),
}
"""What those texts are called in front of people."""

_DECIDED: Final = (
    *("level.second", "recheck.second", "void.decide", "raise.second", "raise.decide"),
    *("strike_off.finder", "strike_off.industry_department"),
    *("strike_off.park_command", "strike_off.emergency_bureau"),
    *("extension.sign.park_command", "extension.sign.industry_department"),
    *("extension.sign.leader", "extension.file", "extension.objection", "extension.issuer_reply"),
    "refusal.second",
)
ACT_ANSWERS: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(_DECIDED, ("decision",)),
    **dict.fromkeys(("recheck.submit", "recheck.expert", "recheck.at_expiry"), ("result",)),
    "level.propose": ("level",),
    "level.confirm": ("decision", "level"),
    "interview.hold": ("outcome",),
    "enforcement.decide": ("pursue",),
    "refusal.refer": ("refer",),
}
"""The field that each act reads its answer from, whatever else its form asks."""

ACT_WRITES: Final[Mapping[str, tuple[Write, ...]]] = {
    "extension.request": (Write("request", (UNKNOWN,)),),
    "level.confirm": (Write("level", ("major",), keeps=True),),
    "recheck.second": (Write("result", _VERDICT),),
    "interview.fix_final": (Write("watch", _WATCH),),
    "enforcement.decide": tuple(
        Write(name, (True, False)) for name in ("stop_measures", "penalty", "power_cut", "referral")
    ),
}
