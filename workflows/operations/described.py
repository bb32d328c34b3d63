"""What every operation is called, answers and takes; the one registry for gate and editors."""

from __future__ import annotations

from typing import Final

from engine.operations import OperationInfo
from workflows.domain.generic_parameters import PARAMETERS
from workflows.operations.registry import RESULT_TYPES

NAMES: Final[dict[str, tuple[str, str]]] = {
    "case.shut_down": ("关停销号", "Close as shut down"),
    "case.struck_off": ("销号", "Strike off"),
    "case.transferred": ("移交", "Transfer"),
    "case.voided": ("误报更正", "Void"),
    "deadline.expire": ("记录逾期", "Record the expiry"),
    "enforcement.lapse": ("执法事项失效", "Take back what an extension relieved"),
    "enforcement.open": ("登记届满", "Note an expiry for enforcement"),
    "extension.decide": ("按签署作出延期决定", "Decide by the signatures"),
    "extension.lapse": ("延期申请失效", "Let a request lapse"),
    "extension.open": ("转交两家签署", "Hand a request to both signatories"),
    "extension.undo": ("撤销延期", "Undo an extension"),
    "extension.withdrawn": ("企业撤回申请", "End a withdrawn request"),
    "interview.by_matrix": ("按判定表确定约谈人", "Let the table name the host"),
    "interview.final_date": ("起算最终期限", "Start the final date"),
    "interview.lapse": ("约谈不再进行", "End an interview not held"),
    "interview.late": ("登记约谈超期", "Record a late interview"),
    "interview.matrix": ("保存判定表的约谈人", "Keep the host of the table"),
    "interview.open": ("登记约谈义务", "Open an interview"),
    "interview.undecided": ("登记到期未决定", "Record who did not decide"),
    "listing.missed": ("登记本期未报告", "Note a missed report"),
    "listing.next_report": ("确定下一次报告日期", "Set the next report"),
    "listing.published": ("记录已公布", "Note the publication"),
    "listing.raise": ("记录挂牌", "Note the listing"),
    "listing.withdrawn": ("撤回未公布的督办", "Withdraw a listing not published"),
    "major.report_to_park": ("报告园区指挥部", "Tell the park command"),
    "order.cancelled": ("原文书失效", "Cancel the order"),
    "plan.lapse": ("方案和公示失效", "Let plan and notice lapse"),
    "recheck.conclude": ("得出复查结论", "Conclude the recheck"),
}
"""What operations of the domain are called; those of designers name themselves."""


def operation_parameters() -> dict[str, OperationInfo]:
    """Return every operation by its id, with names in both languages, result and parameters."""
    known = {
        name: OperationInfo(*NAMES[name], RESULT_TYPES[name])
        for name in RESULT_TYPES
        if name not in PARAMETERS
    }
    return {**known, **PARAMETERS}
