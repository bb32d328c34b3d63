"""What a designer may name in a diagram, in words: candidate rules, ladders, dates, fields."""

from __future__ import annotations

from typing import Final

from webapp.i18n.catalogue import Text

BODIES: Final[dict[str, Text]] = {
    "finder": ("发现单位", "The body that found the hazard"),
    "issuer": ("下达文书的单位", "The body that serves the paper"),
    "enterprise": ("企业", "The enterprise"),
    "park_command": (
        "园区指挥部（无园区为镇街）",
        "The park command, else the town",
    ),
    "industry_department": ("行业主管部门", "The industry department"),
    "emergency_bureau": ("应急管理局", "The emergency bureau"),
    "office": ("安委会办公室", "The safety office"),
    "leader_incharge": ("分管领导", "The leader in charge"),
    "leader_principal": ("主要领导", "The principal leader"),
    "expert": ("专家", "An expert"),
    "listing_body": ("挂牌单位", "The body that lists"),
    "interview_host": ("本次约谈确定的约谈人", "The host named for this interview"),
}

LADDERS: Final[dict[str, Text]] = {
    "w1": ("1个工作日", "1 working day"),
    "w2": ("2个工作日", "2 working days"),
    "w3": ("3个工作日", "3 working days"),
    "w5": ("5个工作日", "5 working days"),
    "listing.publish": ("规则：挂牌公布时限", "Rule: publishing a listing"),
    "recheck.sla": ("规则：复查时限", "Rule: recheck"),
    "extension.filing": ("规则：延期备案时限", "Rule: filing an extension"),
    "extension.filing_return": ("规则：备案补正时限", "Rule: correcting what was filed"),
    "extension.objection_decision": ("规则：异议决定时限", "Rule: deciding on an objection"),
    "extension.resubmit": ("规则：延期申请补正时限", "Rule: sending a request again"),
    "interview.host_confirm": ("规则：确认约谈人时限", "Rule: confirming the host"),
    "interview.notice": ("规则：约谈通知时限", "Rule: notice of an interview"),
    "interview.report": ("规则：约谈报告时限", "Rule: report of an interview"),
    "signature": ("规则：签署时限，不签不视为同意", "Rule: signing; silence never consents"),
    "raise": ("规则：升级为重大的决定时限", "Rule: deciding on raising to major"),
    "void": ("规则：误报更正的决定时限", "Rule: deciding on a mistaken report"),
    "interview": ("约谈期限，不转副职", "The date of the interview, no deputy"),
    "referral": ("规则：移送决定时限", "Rule: deciding on a referral"),
    "hand_over": ("规则：移送时限（小时）", "Rule: handing over, in hours"),
    "deadline": (
        "整改期限，届满前提醒",
        "The rectification date, reminders before",
    ),
}

DUE_NAMES: Final[dict[str, Text]] = {
    "rectification": ("整改期限届满", "End of the rectification period"),
    "expiry_recheck": ("到期核查的日期", "The recheck at expiry"),
    "listing.progress": ("下一次治理进展报告", "The next progress report"),
    "listing.missed": ("本期进展未报告之时", "When a report of progress is missed"),
    "listing.ended": ("挂牌理由消失之时", "When no ground of the listing is left"),
    "interview": ("约谈期限", "The end of the days for an interview"),
    "interview.host": ("约谈人确认时限", "Until when a host may be confirmed"),
    "interview.relieved": ("届满日因延期变动之时", "When an extension moved the expiry"),
    "interview.decision": ("纪要确定的决定日期", "The date of decision in the minutes"),
    "interview.final_gone": ("不须再定最终期限之时", "When no final date is owed any more"),
    "extension.resubmit": ("延期申请补正期限", "Until when a request may come back"),
    "extension.lapsed": ("延期申请失去依据之时", "When a request lost its ground"),
    "extension.answer_lapsed": ("不须再答复之时", "When no answer is owed any more"),
    "enforcement": ("须决定是否执法之时", "When enforcement is to be decided"),
    "enforcement.settled": (
        "届满已由此前决定处理之时",
        "When a decision covers the expiry",
    ),
    "plan.lapsed": ("方案与公示因降级失效之时", "When plan and notice lapse with the level"),
}

FUNCTIONS: Final[dict[str, tuple[tuple[str, ...], Text]]] = {
    "due": (("name",), ("案件的期限", "a date of the case")),
    "rule": (("key",), ("规则集数值", "a number of the rule set")),
    "workdays": (("date", "n"), ("之后第n个工作日", "the n-th working day after")),
    "is_workday": (("date",), ("是否工作日", "whether it is a working day")),
}

FIELDS: Final[dict[str, Text]] = {
    "case.level": ("等级", "level"),
    "case.proposed_level": ("建议等级", "proposed level"),
    "case.phase": ("阶段", "phase"),
    "case.state": ("状态", "state"),
    "case.enterprise.id": ("企业编号", "id of the enterprise"),
    "case.enterprise.size_class": ("企业规模", "size of the enterprise"),
    "case.enterprise.industry": ("企业行业", "industry of the enterprise"),
    "case.in_park": ("是否在园区", "in a park"),
    "case.category": ("隐患类别", "category"),
    "case.imminent": ("有现实危险", "actual danger"),
    "case.criterion": ("判定依据", "criterion"),
    "case.source": ("来源", "source"),
    "case.plan_submitted": ("已报治理方案", "plan submitted"),
    "case.notice_posted": ("已公示", "notice posted"),
    "case.listed": ("已挂牌", "listed"),
    "case.listing.grade": ("督办级别", "grade of the listing"),
    "case.listing.to_publish": ("待公布", "listing to be published"),
    "case.listing.published": ("已公布", "listing published"),
    "case.extension_pending": ("延期审批中", "extension pending"),
    "case.answer_owed": ("发文机关尚未答复", "an answer of the issuer is owed"),
    "case.extension.number": ("第几次延期", "which extension"),
    "case.extension.status": ("延期申请状态", "status of the request"),
    "case.extension.second": ("须分管领导签署", "a second extension"),
    "case.extension.again": ("再次签署", "signed anew"),
    "case.extension.order_date": ("涉及指令书期限", "the date is that of an order"),
    "case.extension.issuer_signed": ("发文机关已签署", "the issuer signed"),
    "case.extension.issuer": ("发文机关", "the issuer"),
    "case.overdue": ("已逾期", "overdue"),
    "case.interview.kind": ("约谈种类", "kind of interview"),
    "case.interview.host": ("约谈人", "host"),
    "case.interview.overdue_90": ("90日内逾期次数", "overdue within 90 days"),
    "case.interview.same_hazard": ("同一隐患逾期次数", "times overdue, same hazard"),
    "case.interview.no_shows": ("缺席次数", "times nobody came"),
    "case.interview.refusals": ("拒绝次数", "refusals"),
    "case.interview.extension_expired": ("延期后届满", "an extended date expired"),
    "case.interview.fatality": ("死亡事故", "fatal accident"),
    "case.order_kind": ("文书种类", "kind of paper"),
    "case.round": ("整改轮次", "round"),
}
