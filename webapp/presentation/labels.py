"""What the fixed names of the product are called in front of people, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from webapp.i18n.catalogue import Text, pick
from workflows.administration import kinds
from workflows.domain import acts, deadline, ledger_flags, levels
from workflows.domain import interview_hosts as hosts

LEVELS: dict[str, Text] = {
    "general": ("一般", "General"),
    "larger": ("较大", "Larger"),
    "major": ("重大", "Major"),
}

STATES = levels.STATE_NAMES

STATE_TONES: dict[str, str] = {
    "registered": "quiet",
    "grading": "quiet",
    "ordered": "active",
    "planning": "active",
    "rectifying": "active",
    "overdue_pending": "warning",
    "overdue": "danger",
    "interviewed": "danger",
    "rechecking": "info",
    "striking_off": "info",
    "struck_off": "done",
    "voided": "quiet",
    "transferred": "quiet",
    "shut_down": "quiet",
}

ACTS: dict[str, Text] = {act.name: (act.title_zh, act.title) for act in acts.ACTS.values()} | {
    "hazard.register": ("登记隐患", "Hazard registered"),
    "level.confirm": ("确认等级", "Level confirmed"),
    "level.propose": ("提出定级意见", "Level proposed"),
    "level.second": ("第二名执法人员核实", "Checked by the second officer"),
    "level.raise": ("提高等级", "Level raised"),
    "level.lower": ("降低等级", "Level lowered"),
    "order.serve": ("下达整改文书", "Notice or order served"),
    "plan.submit": ("提交整改方案", "Plan submitted"),
    "notice.post": ("现场公示", "Notice posted on site"),
    "plan.lapsed": (
        "已降级，治理方案与公示不再需要",
        "Lowered: plan and public notice no longer required",
    ),
    "listing.grade1": ("挂牌督办（一级）", "Listed supervision, grade 1"),
    "listing.grade2": ("挂牌督办（二级）", "Listed supervision, grade 2"),
    "listing.progress": ("督办进展", "Progress of supervision"),
    "listing.missed": ("本期治理进展未报告", "A report of progress was missed"),
    "listing.note": ("督办单位阅知", "Noted by the supervising body"),
    "listing.remove": ("解除挂牌", "De-listed"),
    "listing.ended": ("挂牌理由消失，终止挂牌", "Listing ended: no ground left"),
    "rectify.report_done": ("报告整改完成", "Reported done"),
    "recheck.at_expiry": ("到期核查", "Check at expiry"),
    "recheck.submit": ("现场复查", "Recheck on site"),
    "recheck.second": ("第二名复查人员", "Second rechecking officer"),
    "recheck.expert": ("专家核验", "Expert's verification"),
    "recheck.pass": ("复查合格", "Recheck passed"),
    "recheck.fail": ("复查不合格", "Recheck failed"),
    "strike_off.finder": ("检查单位销号", "Strike-off by the finding body"),
    "strike_off.industry_department": ("行业主管部门销号", "Strike-off by the department"),
    "strike_off.park_command": ("园区指挥部销号", "Strike-off by the park command"),
    "strike_off.emergency_bureau": ("应急管理局销号", "Strike-off by the bureau"),
    "deadline.expired": ("整改期限届满", "Deadline expired"),
    "interview.talk": ("提醒谈话", "Talk with the enterprise"),
    "interview.propose": ("建议约谈人", "Host of the interview proposed"),
    "interview.confirm": ("确定约谈人", "Host of the interview confirmed"),
    "interview.schedule": ("发出约谈通知", "Notice of the interview"),
    "interview.hold": ("记录约谈情况", "Interview recorded"),
    "interview.report": ("报告约谈落实情况", "Reported after the interview"),
    "interview.fix_final": ("确定最终期限", "Final date fixed"),
    "interview.final_fixed": ("约谈后确定最终期限", "Final date fixed after the interview"),
    "interview.opened": ("启动约谈", "Interview opened"),
    "interview.matrix": ("判定表确定约谈人", "Host named by the table"),
    "interview.by_matrix": ("一日未确认，按判定表约谈", "Nobody confirmed: the table stands"),
    "interview.held": ("约谈完成", "Interview held"),
    "interview.no_show": ("约谈缺席，已通报", "Nobody came to the interview"),
    "interview.late": ("约谈超期", "Interview late"),
    "interview.lapsed": ("约谈不再进行", "Interview lapsed"),
    "interview.not_again": ("不再另行约谈", "No second interview"),
    "interview.undecided": ("约谈确定的日期已过，未决定", "Not decided by the day set"),
    "extension.request": ("申请延期", "Extension requested"),
    "extension.withdraw": ("撤回延期申请", "Extension withdrawn"),
    "extension.sign.park_command": ("园区指挥部签字", "Signed by the park command"),
    "extension.sign.industry_department": ("行业主管部门签字", "Signed by the department"),
    "extension.effective": ("延期生效", "Extension in force"),
    "extension.refused": ("延期不予同意", "Extension refused"),
    "extension.sign.leader": ("分管领导签字", "Signed by the leader in charge"),
    "extension.returned": ("延期申请退回补正", "Request returned"),
    "extension.resubmit": ("补正重报", "Request sent again"),
    "extension.lapsed": ("延期申请失效", "Request lapsed"),
    "extension.answer_lapsed": ("发文机关无须再答复", "No answer of the issuer needed any more"),
    "extension.withdrawn": ("延期申请已撤回", "Request withdrawn"),
    "extension.issuer_reply": ("发文机关答复", "Answered by the issuer of the order"),
    "extension.amend": ("补正备案材料", "Papers corrected"),
    "extension.objection": ("裁定备案异议", "Objection decided"),
    "extension.filed": ("延期已备案", "Extension filed"),
    "extension.undone": ("延期撤销，恢复原期限", "Extension undone"),
    "extension.file": ("延期备案", "Extension filed"),
    "case.struck_off": ("隐患销号", "Struck off"),
    "case.void_propose": ("提请误报更正", "Voiding proposed"),
    "case.void_withdraw": ("撤回误报更正提请", "Proposal to void withdrawn"),
    "void.decide": ("决定是否误报更正", "Decision on voiding"),
    "case.void": ("误报更正", "Voided"),
    "case.transfer": ("移交", "Transferred"),
    "case.shut_down": ("关停", "Shut down"),
    "enforcement.opened": ("期限届满，登记执法事项", "Expiry registered for enforcement"),
    "enforcement.lapsed": ("执法事项失效", "Enforcement lapsed"),
    "enforcement.not_again": (
        "同一次逾期已有执法决定，不另行决定",
        "One lateness: decided already, not decided again",
    ),
    "enforcement.decide": ("决定是否执法", "Decision on enforcement"),
    "enforcement.stop_measures": ("责令停产停业", "Stop measures ordered"),
    "enforcement.penalty": ("行政处罚", "Penalty imposed"),
    "enforcement.power_cut": ("通知停止供电", "Notice to cut the power"),
    "paper.issued": ("文书已印发", "Paper issued"),
    "paper.voided": ("文书已作废", "Paper voided"),
    "paper.kept": ("内部文书已制作", "Internal paper made"),
    "case.field_set": ("流程写入案件字段", "Field of the case set by the process"),
    "deadline.own_started": ("起算办理期限", "Service deadline started"),
    "notice.sent": ("流程发出通知", "Notice sent by the process"),
    "message.sent": ("流程通知其他流程", "Another process was told"),
    "refusal.check": ("核查移送四要素", "Elements of a referral checked"),
    "refusal.second": ("第二人核查移送四要素", "Elements checked by a second officer"),
    "refusal.refer": ("决定是否移送", "Decision on the referral"),
    "refusal.hand_over": ("移送公安机关", "Handed over to the police"),
    "comment": ("留言", "Comment"),
    "urge": ("催办", "Urged"),
    "watch": ("关注", "Watched"),
    "level.raise_propose": ("提请升级重大", "Raising to major proposed"),
    "level.raise_withdraw": ("撤回升级提请", "Proposal to raise withdrawn"),
    "raise.second": ("复核升级提请", "Proposal to raise seconded"),
    "raise.decide": ("决定是否升级重大", "Decision on raising to major"),
    "case.suspend": ("暂停办理", "Suspended"),
    "case.resume": ("恢复办理", "Resumed"),
    "calendar.published": ("按公布的放假安排重算期限", "Dates settled by the calendar"),
    "task.claimed": ("签收任务", "Task claimed"),
    "task.released": ("退回待签收", "Task released"),
    "task.assigned": ("转办任务", "Task handed over"),
    "major.reported_to_park": ("报告园区指挥部", "Reported to the park command"),
    "process.started": ("流程启动", "Process started"),
    "process.completed": ("流程结束", "Process completed"),
    "case.start": ("立案", "Case begun"),
    "case.voided": ("误报更正", "Voided"),
    "case.transferred": ("已移交", "Transferred"),
    "decision.made": ("判定表给出建议", "Proposed by the decision table"),
    "message.received": ("流程收到通知", "The process was notified"),
    "rung.fired": ("到时提醒", "Reminder sent"),
    "process.cancelled": ("流程终止", "Process ended"),
    "token.moved": ("移动到其他步骤", "Moved to another step"),
    "process.migrated": ("流程迁移到新版本", "Process migrated"),
    "incident.retried": ("重试系统异常", "Incident retried"),
}

NOTICES: dict[str, Text] = {
    "deadline.reminder": ("期限提醒", "Date near"),
    "task.remind": ("催办提醒", "Reminder"),
    "task.deputy": ("超时升级", "Escalated"),
    "task.leader_and_office": ("超时督办", "Escalated"),
    "task.principal_and_office": ("超时督办", "Escalated"),
    "token.moved": ("步骤已移动", "Step moved"),
    "major.reported": ("重大隐患", "Major hazard"),
    "own.notice": ("流程通知", "Notice"),
    "interview.opened": ("须约谈", "Interview due"),
    "interview.notice": ("约谈通知", "Notice of interview"),
    "interview.held": ("约谈完成", "Interviewed"),
    "interview.no_show": ("约谈缺席", "Nobody came"),
    "listing.missed": ("治理进展未报告", "Progress not reported"),
    "interview.late": ("约谈超期", "Interview late"),
    "interview.decision_date": ("须作出决定", "Decision due"),
    "interview.undecided": ("到期未决定", "Not decided"),
    "interview.final_fixed": ("确定最终期限", "Final date"),
    "extension.possible": ("可申请延期", "Extension possible"),
    "extension.handed_over": ("延期待签署", "Extension to sign"),
    "extension.effective": ("延期生效", "Extension in force"),
    "extension.refused": ("延期未获同意", "Extension refused"),
    "extension.returned": ("延期申请退回", "Request returned"),
    "extension.lapsed": ("延期申请失效", "Request lapsed"),
    "extension.answer_lapsed": ("无须再答复", "No answer needed"),
    "extension.filed": ("延期已备案", "Extension filed"),
    "extension.undone": ("延期撤销", "Extension undone"),
    "extension.order": ("指令书期限答复", "Order answered"),
    "void.proposed": ("误报更正待决定", "Voiding to be decided"),
    "void.withdrawn": ("误报更正提请撤回", "Proposal to void withdrawn"),
    "void.refused": ("误报更正未获同意", "Voiding refused"),
    "void.agreed": ("误报更正已同意", "Voiding agreed to"),
    "raise.proposed": ("升级提请待复核", "Raising to be seconded"),
    "raise.seconded": ("升级重大待确认", "Raising to be confirmed"),
    "raise.withdrawn": ("升级提请撤回", "Proposal to raise withdrawn"),
    "raise.refused": ("升级未获同意", "Raising refused"),
    "raise.agreed": ("已升为重大", "Raised to major"),
    "raise.ended": ("升级提请终止", "Proposal to raise ended"),
    "comment": ("留言", "Comment"),
    "urge": ("催办", "Urged"),
}

STRIKING_OFF: dict[str, Text] = {
    "finding_body": ("检查单位", "the finding body"),
    "two_bodies": ("行业主管部门和园区指挥部", "the industry department and the park command"),
    "three_bodies": (
        "行业主管部门、园区指挥部和应急管理局",
        "the industry department, the park command and the emergency bureau",
    ),
}
"""Answers of the routing table."""

OUTCOMES: dict[str, Text] = {
    "agree": ("同意", "agreed"),
    "refuse": ("不同意", "refused"),
    "return": ("退回", "returned"),
    "pass": ("合格", "passed"),
    "fail": ("不合格", "failed"),
    "held": ("已约谈", "held"),
    "no_show": ("缺席", "nobody came"),
    "postponed": ("推迟", "put off"),
    "late": ("逾期报告", "late"),
    "not_carried_out": ("未实施", "not carried out"),
    **hosts.NAMES,
    "general": ("一般", "general"),
    "larger": ("较大", "larger"),
    "major": ("重大", "major"),
    "timely": ("及时提出", "in good time"),
    "near_expiry": ("临近届满提出", "close to expiry"),
    "resubmitted": ("已重报", "sent again"),
    "withdrawn": ("已撤回", "withdrawn"),
    "file": ("予以备案", "filed"),
    "object": ("提出异议", "objected"),
    "amended": ("已补正", "corrected"),
    "uphold": ("异议成立", "upheld"),
    "dismiss": ("异议不成立", "dismissed"),
    "notice": ("通知书", "notice"),
    "order": ("责令整改指令书", "order"),
    "pursue": ("予以执法", "pursued"),
    "not_pursued": ("不予执法", "not pursued"),
    "refer": ("移送公安机关", "referred to the police"),
    "not_referred": ("不移送", "not referred"),
}

DEADLINES = deadline.KIND_NAMES

DEADLINE_STATES: dict[str, Text] = {
    "live": ("计时中", "Running"),
    "held": ("已报完成，暂停计时", "Reported done, clock held"),
    "met": ("已按期完成", "Met"),
    "expired": ("已届满", "Expired"),
    "relieved": ("已免除", "Relieved"),
    "replaced": ("已被新期限取代", "Replaced"),
    "voided": ("已取消", "Cancelled"),
}

CAUSES: dict[str, Text] = {
    "served": ("文书送达", "Served"),
    "extension": ("批准延期", "Extension"),
    "upgraded": ("等级提高", "Level raised"),
    "interview_final": ("约谈限定", "Set at the interview"),
    "calendar_published": ("工作日历公布", "Calendar published"),
    "voided": ("作废", "Voided"),
}

ROLES = kinds.ROLE_NAMES

FLAGS: dict[str, Text] = {
    ledger_flags.EXTENSION_PENDING: ("延期审批中", "Extension pending"),
    ledger_flags.SECOND_EXTENSION: ("二次延期", "Second extension"),
    ledger_flags.UNFILED: ("未备案", "Extension not filed"),
    ledger_flags.INTERVIEW_LATE: ("约谈超期", "Interview late"),
    ledger_flags.LISTED: ("挂牌督办", "Listed"),
}
"""What marks a hazard beside its state."""

GROUNDS: dict[str, Text] = {
    "force_majeure": ("不可抗力、气象", "Force majeure, weather"),
    "procurement": ("设备材料采购、定制周期", "Procurement or custom-made parts"),
    "design_or_approval": ("须设计、审批或招标", "Design, approval or tender"),
    "shutdown_window": ("须停产检修窗口", "Shutdown window for repair"),
    "third_party": ("须第三方或公用事业配合", "Third party or utility"),
    "external": ("产权或外部因素", "Ownership or external causes"),
}
"""Objective grounds of an extension."""

CATEGORIES: dict[str, Text] = {
    "person": ("人的不安全行为", "Unsafe act"),
    "object": ("物的不安全状态", "Unsafe condition"),
    "management": ("管理缺陷", "Management"),
}


def label(table: Mapping[str, Text], name: str | None, language: str) -> str:
    """Return what a name is called; a name that a designer added is shown as it is."""
    if not name:
        return ""
    chinese, english = table.get(name, (name, name))
    words = pick(language, chinese, english)
    return words[:1].upper() + words[1:] if name in table else words
