"""Whom an extension is told to: both signatories at hand-over, the enterprise at each decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.ports import Context, Grant
from workflows.domain import notifications
from workflows.domain.candidates import of_enterprise
from workflows.domain.hazard_case import HazardCase
from workflows.domain.notifications import News

_DECISIONS = {
    "effective": ("延期生效，整改期限改为 {date}", "the extension is in force, the date is {date}"),
    "refused": ("延期申请未获同意，原期限不变", "the extension is refused, the date stands"),
    "returned": (
        "延期申请被退回，请于 {until} 前补正重报",
        "the request is returned; send it again by {until}",
    ),
    "filed": ("延期已备案，备案号 {register}", "the extension is filed as {register}"),
    "undone": (
        "备案异议成立，延期撤销，期限恢复为 {original}",
        "the objection is upheld: the extension is undone, the date is {original} again",
    ),
    "order_agree": (
        "发文机关同意指令书期限改为 {date}",
        "the issuer agrees: the date of the order is {date}",
    ),
    "order_refuse": (
        "发文机关不同意延长指令书期限",
        "the issuer does not agree to move the date of the order",
    ),
}

LAPSES = {
    "not_sent_again": (
        "延期申请未按时补正，视为撤回，不视为同意",
        "the request was not sent again in time and lapses; that is no consent",
    ),
    "expired": (
        "整改期限届满，临近届满提出的延期申请未决定，申请失效；新的期限只能由约谈确定",
        (
            "the date has passed and the request, filed close to it, was not decided: it lapses; a "
            "new date comes only out of the interview"
        ),
    ),
    "rectified": (
        "复查合格，隐患已整改，延期申请失效，无须再签署",
        (
            "the recheck was passed and the hazard is rectified: the request lapses and needs no "
            "signature any more"
        ),
    ),
    "undone": (
        "备案异议成立，上次延期撤销，在其基础上提出的延期申请失效，无须再签署",
        (
            "the objection is upheld and the last extension undone: the request that rested on it "
            "lapses and needs no signature any more"
        ),
    ),
}
"""Why a request lapses."""


def signatories(case: HazardCase, request: Mapping[str, Any], context: Context) -> None:
    """Tell the heads and deputies of both signing bodies what waits for them."""
    number, date = case.data["number"], request["new_date"]
    rest_zh, rest = ("（休息日，不顺延）", " (a rest day)") if request["rest_day"] else ("", "")
    news = News(
        "extension.handed_over",
        f"{number} 延期申请待签署，申请延至 {date}{rest_zh}",
        f"{number}: a request to extend to {date}{rest} waits for signature",
    )
    bodies = (case.body("park_command"), case.body("industry_department"))
    grants = [Grant(body, role) for body in bodies for role in ("head", "deputy")]
    notifications.tell(case, grants, news, context)


def leader(case: HazardCase, request: Mapping[str, Any], context: Context) -> None:
    """Tell the leader in charge that a second extension waits for consent."""
    number, date = case.data["number"], request["new_date"]
    news = News(
        "extension.handed_over",
        f"{number} 第二次延期申请待同意，申请延至 {date}",
        f"{number}: a second extension to {date} waits for consent",
    )
    notifications.tell(case, [Grant(case.body("leaders"), "in_charge")], news, context)


def lapsed(case: HazardCase, request: Mapping[str, Any], context: Context) -> None:
    """Tell everybody concerned once why a request lapsed: who asked and who was to sign."""
    zh, en = LAPSES[request["lapse_cause"]]
    number = case.data["number"]
    news = News("extension.lapsed", f"{number} {zh}", f"{number}: {en}")
    concerned = list(of_enterprise(case))
    if request["lapse_cause"] != "not_sent_again":
        bodies = (case.body("park_command"), case.body("industry_department"))
        concerned += [Grant(body, role) for body in bodies for role in ("head", "deputy")]
        leaders = case.body("leaders")
        if any(
            row.kind == "sign" and row.body == leaders and row.running for row in case.deadlines
        ):
            concerned.append(Grant(leaders, "in_charge"))
    notifications.tell(case, concerned, news, context)


def answer_lapsed(case: HazardCase, context: Context) -> None:
    """Tell the issuer of an order and the enterprise once that no answer is needed any more."""
    number = case.data["number"]
    news = News(
        "extension.answer_lapsed",
        f"{number} 复查合格，隐患已整改，发文机关无须再答复，指令书期限不变",
        (
            f"{number}: the recheck was passed and the hazard is rectified: the issuer need not "
            "answer any more, the date of the order stands"
        ),
    )
    issuers = [Grant(case.body("issuer"), role) for role in ("head", "deputy")]
    notifications.tell(case, [*of_enterprise(case), *issuers], news, context)


def enterprise(
    case: HazardCase, decision: str, request: Mapping[str, Any], context: Context
) -> None:
    """Tell the enterprise what was decided."""
    zh, en = _DECISIONS[decision]
    filing = request["filing"] or {}
    words = {
        "date": request["new_date"],
        "original": request["original_due"],
        "until": request["resubmit_day"],
        "register": filing.get("register_number"),
    }
    number = case.data["number"]
    news = News(
        f"extension.{decision.partition('_')[0]}",
        f"{number} {zh.format(**words)}",
        f"{number}: {en.format(**words)}",
    )
    notifications.tell(case, of_enterprise(case), news, context)
