"""Texts of an extension as all sides see it: asked, signed, in force, filed."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "panel.extension": ("延期", "Extension"),
    "panel.interview": ("约谈", "Interview"),
    "panel.enforcement": ("执法", "Enforcement"),
    "panel.file": ("附件 {number}", "File {number}"),
    "panel.leader": ("分管领导", "Leader in charge"),
    "panel.then": ("；", "; "),
    "extension.title": ("第 {number} 号延期申请", "Extension request {number}"),
    "extension.second": ("二次延期", "Second extension"),
    "extension.timely": ("及时提出", "Filed in good time"),
    "extension.late": ("临近届满提出", "Filed close to expiry"),
    "extension.late_approval": ("届满后批准", "Approved after expiry"),
    "extension.unfiled": ("未备案", "Not filed"),
    "extension.road": ("签署进度", "Where the request stands"),
    "extension.from_to": ("{old} → {new}", "{old} → {new}"),
    "extension.days": (
        "自原期限起算 {days} 天",
        "{days} {days:day|days} counted from the original date",
    ),
    "extension.rest_day": ("该日为休息日，不顺延", "A rest day; it does not roll"),
    "extension.asked": ("申请内容", "What is asked"),
    "extension.dates": ("新的期限", "New date"),
    "extension.ground": ("客观因素", "Objective ground"),
    "extension.reason": ("理由", "Reasons"),
    "extension.measures": ("延期期间防控措施", "Interim measures"),
    "extension.opinion": ("专家意见", "Expert opinion"),
    "extension.proof": ("已完成节点", "Milestone finished"),
    "extension.milestones": ("整改节点", "Milestones"),
    "extension.until": ("{day} 前", "by {day}"),
    "extension.evidence": ("理由证据", "Evidence of the ground"),
    "extension.proof_files": ("节点证明", "Proof of the milestone"),
    "extension.hash": ("签署内容指纹", "Fingerprint of what is signed"),
    "extension.hash_why": (
        "各方签署的是同一内容；内容一经改动，指纹随之改变，原签署作废。",
        "All sign the same content; any change gives another fingerprint and voids signatures.",
    ),
    "extension.step_request": ("申请", "Request"),
    "extension.step_effect": ("生效", "Takes effect"),
    "extension.step_issuer": ("发文机关答复", "Answer of the issuer"),
    "extension.step_file": ("应急管理局备案", "Filing with the bureau"),
    "extension.filed": ("已提出", "Filed"),
    "extension.resent_at": (
        "{at} 补正重报，申请时间不变",
        "sent again {at}; the filing time stands",
    ),
    "extension.agreed": ("同意", "Agreed"),
    "extension.refused": ("不同意", "Refused"),
    "extension.returned": ("退回补正", "Returned"),
    "extension.voided": ("签署作废，须重新签署", "Signature void, to be given again"),
    "extension.waiting": ("待签署", "Waits for a signature"),
    "extension.not_signed": ("未签署", "Not signed"),
    "extension.waiting_resend": ("待企业补正重报", "Waits for the enterprise"),
    "extension.after_two": ("两家同意后签署", "Signs after both have agreed"),
    "extension.upon_signature": ("最后一方签署时生效", "With the last signature"),
    "extension.in_force": ("已生效", "In force"),
    "extension.not_filed": ("异议成立，不予备案", "Objection upheld, not filed"),
    "extension.after_effect": ("生效后办理", "After it is in force"),
    "extension.waiting_reply": ("待答复", "Waits for the answer"),
    "extension.answer_lapsed": ("复查合格，无须再答复", "Recheck passed: no answer needed"),
    "extension.not_answered": ("未答复", "Not answered"),
    "extension.reply_agree": ("同意延长指令书期限", "Agreed: the order's date moves"),
    "extension.reply_refuse": ("不同意，指令书期限不变", "Refused: the order's date stands"),
    "extension.registered": ("已备案", "Filed in the register"),
    "extension.waiting_file": ("未备案，待登记", "Not filed yet"),
    "extension.file_returned": ("形式瑕疵，已退回补正", "Returned for a formal defect"),
    "extension.objected": ("应急管理局已提出异议", "The bureau objects"),
    "extension.upheld": ("异议成立，延期撤销", "Objection upheld, extension undone"),
    "extension.dismissed": ("异议不成立，延期不变", "Objection dismissed, extension stands"),
    "extension.status_pending": ("审批中", "Being signed"),
    "extension.status_returned": ("已退回，待补正", "Returned"),
    "extension.status_effective": ("已生效", "In force"),
    "extension.status_refused": ("未获同意", "Refused"),
    "extension.status_withdrawn": ("已撤回", "Withdrawn"),
    "extension.status_lapsed": ("已失效", "Lapsed"),
    "extension.status_ended": ("已终止", "Ended"),
    "extension.status_undone": ("已撤销", "Undone"),
    "extension.note_returned": (
        "{body}退回。请于 {until} 前补正重报，申请时间保留；逾期申请失效，不视为同意。",
        (
            "Returned by {body}. Sent again by {until} it keeps its filing time; "
            "after that it lapses, which is no consent."
        ),
    ),
    "extension.note_refused": (
        "{body}不同意，延期不成立，原期限 {day} 不变。",
        "{body} refused: no extension; the original date, {day}, stands.",
    ),
    "extension.note_lapsed_expired": (
        "临近届满提出，至 {day} 届满未决定：申请失效，不视为同意；新的期限只能由约谈确定。",
        (
            "Filed close to expiry and undecided when {day} ended: it lapsed, which is no "
            "consent; a new date comes only out of the interview."
        ),
    ),
    "extension.note_lapsed_rectified": (
        "复查合格，隐患已整改：申请失效，无须再签署；期限 {day} 不变。",
        (
            "The recheck was passed and the hazard is rectified: the request lapsed and needs no "
            "signature; the date, {day}, stands."
        ),
    ),
    "extension.note_lapsed_undone": (
        "备案异议成立，上次延期撤销：在其基础上提出的本次申请失效，无须再签署。",
        (
            "The objection was upheld and the last extension undone: this request, which rested "
            "on it, lapsed and needs no signature."
        ),
    ),
    "extension.note_answer_lapsed": (
        "复查合格，隐患已整改：发文机关无须再答复；指令书期限 {day} 不变。",
        (
            "The recheck was passed and the hazard is rectified: the issuer need not answer any "
            "more; the date of the order, {day}, stands."
        ),
    ),
    "extension.note_order": (
        "指令书期限仍为 {day}：须由发文机关书面答复后方可变动；整改期限已按延期计算。",
        (
            "The order's date stays {day} until its issuer answers in writing; "
            "the rectification date has moved."
        ),
    ),
    "extension.note_unfiled": (
        "延期已生效，尚未备案；未备案不影响延期效力。",
        "In force but not filed yet; the extension stands all the same.",
    ),
    "extension.note_counts": (
        "延期已生效但尚未备案，计入园区指挥部考核。",
        "In force but not filed yet; this counts against the park command.",
    ),
    "extension.note_objection": (
        "备案异议由分管领导裁定；裁定之前延期有效。",
        "The leader in charge decides on the objection; until then the extension stands.",
    ),
    "extension.note_upheld": (
        "备案异议成立：延期撤销，期限恢复为 {day}。",
        "The objection was upheld: the extension is undone and {day} stands again.",
    ),
    "extension.if_silent": ("若无人办理", "If nobody acts"),
    "extension.ladder": ("{body}：{rungs}", "{body}: {rungs}"),
    "extension.rung_remind": ("{at} 提醒", "reminder {at}"),
    "extension.rung_deputy": ("{at} 转副职", "deputies {at}"),
    "extension.rung_leader_and_office": (
        "{at} 报分管领导和区安办",
        "leader in charge and safety office {at}",
    ),
    "extension.rung_principal_and_office": (
        "{at} 报区主要领导和区安办",
        "principal leader and safety office {at}",
    ),
    "extension.ladder_top_leader": (
        "已报区主要领导和区安办，继续督办",
        "the principal leader and the safety office were told",
    ),
    "extension.ladder_top": (
        "已报分管领导和区安办，继续督办",
        "the leader in charge and the safety office were told",
    ),
    "extension.no_consent": (
        "不签署不视为同意；原期限 {day} 照常计算。",
        "Silence is no consent; the original date, {day}, keeps running.",
    ),
    "extension.at_expiry_timely": (
        "届满仍未决定：转为逾期（待批），不对企业采取处罚步骤，约谈先问未签署单位。",
        (
            "Undecided at expiry: overdue pending; no penalty step, and the interview first asks "
            "those who did not sign."
        ),
    ),
    "extension.at_expiry_late": (
        "届满仍未决定：申请失效，本案逾期，新的期限只能由约谈确定。",
        (
            "Undecided at expiry: the request lapses and the case is overdue; a new date comes "
            "only out of the interview."
        ),
    ),
    "extension.expired_timely": (
        "不签署不视为同意。原期限已届满，本案逾期（待批）：不对企业采取处罚步骤；批准的，仍自原期限起算。",
        (
            "Silence is no consent. The original date has passed, overdue pending: no penalty "
            "step; an approval still counts from the original date."
        ),
    ),
    "extension.ask": ("申请延期", "Ask for an extension"),
    "extension.ask_timely": (
        "{day} 前（含当日）提出为及时。须附证据、防控措施和新的日期；申请不停止期限计算。",
        (
            "In good time until the end of {day}. Evidence, interim measures and a new date are "
            "needed; asking does not stop the clock."
        ),
    ),
    "extension.ask_late": (
        "已过及时提出的时间；{day} 24:00 届满前仍可提出，将注明临近届满。",
        "No longer in good time; until {day} 24:00 it is still accepted, and marked as late.",
    ),
    "extension.form_standing": ("现期限", "Date that stands"),
    "extension.form_standing_day": (
        "{day} 24:00 届满，申请不停止期限计算",
        "Ends at 24:00 of {day}; asking does not stop the clock",
    ),
    "extension.form_when": ("提出时间", "When to ask"),
    "extension.form_timely": (
        "{day} 前（含当日）提出为及时；此后至期限届满前仍可提出，注明临近届满，届满时未决定即失效",
        (
            "In good time until the end of {day}; after that still accepted until the date ends, "
            "marked as late, and it lapses if undecided by then"
        ),
    ),
    "extension.form_late": (
        "临近届满：及时提出到 {day} 为止；现在提出的，期限届满时未决定即失效",
        (
            "Late: in good time was until the end of {day}; filed now, it lapses if undecided "
            "when the date ends"
        ),
    ),
    "extension.form_kept_timely": (
        "补正重报保留原提出时间：{at}，为及时",
        "Sent again it keeps its filing time: {at}, in good time",
    ),
    "extension.form_kept_late": (
        "补正重报保留原提出时间：{at}，为临近届满；届满时未决定即失效",
        "Sent again it keeps its filing time: {at}, late; undecided when the date ends, it lapses",
    ),
    "extension.form_latest": ("最迟可申请至", "Latest date to ask for"),
    "extension.form_which": ("本次", "This request"),
    "extension.form_first": ("第一次延期", "First extension"),
    "extension.form_second": ("第二次延期", "Second extension"),
    "extension.form_rules": ("（{rules}）", " ({rules})"),
    "extension.form_then": ("；", "; "),
    "extension.form_refused": ("{rule}，不予受理。", "{rule}; such a request is inadmissible."),
    "extension.form_rests": (
        "。所选日期是休息日：期限仍在当日届满",
        ". The day chosen is a rest day: the date still ends on it",
    ),
    "extension.withdraw": ("撤回延期申请", "Withdraw the request"),
    "extension.withdraw_why": (
        "作出决定之前可以撤回，原期限不变。",
        "Possible until it is decided; the original date stands.",
    ),
}
