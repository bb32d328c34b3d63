"""What follows when a clock runs out and nobody has acted: one sentence for every kind of clock.

Keys are the kinds of deadlines, `step` for the service limit of a step, `rung:` and the name of
a rung or reminder, `timer:` and the name that a diagram gives to `due("name")`. A kind may be
told apart by state or level: `rectification:held` and `rectification:general` come before
`rectification`; `filing:outside` is told to those outside the authorities. What waits past its
date is told by `:late`, else by `deadline:late`. A new kind of deadline needs its sentence here,
and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from webapp.i18n.catalogue import sentence
from workflows.domain.rule_set import RuleSet


@dataclass(frozen=True)
class Consequence:
    """A sentence in both languages; `numbers` are set in from the rules of the case."""

    zh: str
    en: str
    numbers: Mapping[str, str] = field(default_factory=dict)


CONSEQUENCES: dict[str, Consequence] = {
    "serve": Consequence(
        "送达时限届满：文书仍须送达，逐级督办；送达之前整改期限不起算。",
        "The limit for service expires: the paper must still be served and the delay is "
        "escalated; the rectification limit does not start before service.",
    ),
    "rectification": Consequence(
        "整改期限届满：本案转为逾期，检查单位到现场核查，约谈须在第 {days} 日前进行"
        "（届满日为第 0 日）。",
        "The rectification limit expires: the case becomes overdue, the finding body checks on "
        "site, and an interview is due by day {days}.",
        {"days": "interview.due_days"},
    ),
    "rectification:general": Consequence(
        "整改期限届满：本案转为逾期，检查单位核查，由园区指挥部或镇街处置；"
        "同一企业 90 天内第 {times} 次逾期的约谈。",
        "The rectification limit expires: the case becomes overdue, the finding body checks, and "
        "the park command or town takes it in hand; overdue number {times} of an enterprise "
        "within 90 days brings an interview.",
        {"times": "interview.general_overdue_count"},
    ),
    "rectification:held": Consequence(
        "企业已报告整改完成，暂停计时：复查合格即按期完成；复查不合格，期限视为从未停止。",
        "Completion was reported and the clock is held: a passed recheck meets the date; after a "
        "failed one the clock runs on as if it had never stopped.",
    ),
    "rectification:pending": Consequence(
        "整改期限届满而延期申请未决定：转为逾期（待批），不对企业采取处罚步骤；"
        "约谈须在第 {days} 日前进行，首先约谈未签署单位；不签署不视为同意。",
        "The limit expires with the request undecided: overdue pending, no penalty step; an "
        "interview is due by day {days} and first asks those who did not sign; silence is no "
        "consent.",
        {"days": "interview.due_days"},
    ),
    "rectification:pending_late": Consequence(
        "整改期限届满而临近届满提出的延期申请未决定：申请失效，不视为同意；"
        "转为逾期，约谈须在第 {days} 日前进行，新的期限只能由约谈确定。",
        "The limit expires with the request, filed close to it, undecided: the request lapses, "
        "which is no consent; the case is overdue, an interview is due by day {days}, and a new "
        "date comes only out of it.",
        {"days": "interview.due_days"},
    ),
    "final:pending": Consequence(
        "延期申请未决定期间暂不执行最终期限；不予同意或撤回的，按原定日期届满。",
        "The final date is withheld while the request is undecided; refused or withdrawn, it "
        "counts as printed.",
    ),
    "order": Consequence(
        "指令书期限届满：由应急管理局说明理由决定是否执法，再次届满必须执法。",
        "The date of the order passes: the emergency bureau decides with reasons whether to "
        "enforce; after a second expiry it must.",
    ),
    "order:pending": Consequence(
        "指令书期限届满而延期申请未决定：届满照记，不对企业采取处罚步骤。",
        "The date of the order passes with the request undecided: recorded, no penalty step.",
    ),
    "order:unanswered": Consequence(
        "指令书期限届满而发文机关未答复：届满照记，答复之前不对企业采取处罚步骤；不同意的，自原期限起进入执法。",
        "The date of the order passes before its issuer has answered: recorded, no penalty step "
        "until the answer; if that is no, enforcement opens from the original date.",
    ),
    "order:held": Consequence(
        "企业已报告整改完成，指令书期限暂停；复查不合格，期限视为从未停止。",
        "Completion was reported and the date of the order is held; after a failed recheck it "
        "counts as never stopped.",
    ),
    "final": Consequence(
        "最终期限届满：再次逾期，必须执法，由主要领导约谈。",
        "The final date passes: overdue again; enforcement is mandatory and the principal "
        "leader holds the interview.",
    ),
    "final:held": Consequence(
        "企业已报告整改完成，最终期限暂停；复查不合格，期限视为从未停止。",
        "Completion was reported and the final date is held; after a failed recheck it counts as "
        "never stopped.",
    ),
    "sign": Consequence(
        "{body}签署时限届满：逐级督办；不签署不视为同意，原期限照常计算。",
        "{body}: the limit for the signature expires and the delay is escalated. Silence is no "
        "consent and the original date keeps running.",
    ),
    "sign:late": Consequence(
        "{body}签署已过时限：逐级督办；不签署不视为同意，原期限照常计算。",
        "{body}: the signature is late and the delay is escalated. Silence is no consent and the "
        "original date keeps running.",
    ),
    "filing": Consequence(
        "备案时限届满：显示未备案，计入园区指挥部考核，逐级督办；已生效的延期不受影响。",
        "The limit for filing expires: shown as not filed, counted against the park command and "
        "escalated; the extension stays in force.",
    ),
    "filing:outside": Consequence(
        "备案时限届满：显示未备案，逐级督办；已生效的延期不受影响。",
        "The limit for filing expires: shown as not filed and escalated; the extension stays in "
        "force.",
    ),
    "filing:late": Consequence(
        "备案已过时限：显示未备案，仍须备案，逐级督办；已生效的延期不受影响。",
        "Filing is late: shown as not filed, still due and escalated; the extension stays in "
        "force.",
    ),
    "interview": Consequence(
        "第 {days} 日届满仍未约谈：显示约谈超期，报区主要领导督办；此后延期、销号都不免除约谈。",
        "Day {days} ends without the interview: it is marked as late and put before the principal "
        "leader; it must still be held, also after an extension or a strike-off.",
        {"days": "interview.due_days"},
    ),
    "interview_report": Consequence(
        "约谈落实报告到期：企业仍须报告，注明逾期，逐级督办。",
        "The enterprise's report after the interview falls due: it is still owed, marked as late "
        "and escalated.",
    ),
    "recheck": Consequence(
        "复查时限届满：复查仍须进行，逐级督办，最迟 {days} 日；不会自动合格。",
        "The limit for the recheck expires: it must still be made, within {days} days at most, "
        "and is escalated; nothing passes automatically.",
        {"days": "recheck.hard_days"},
    ),
    "step:enforcement.decide": Consequence(
        "应急管理局决定执法的时限届满：逐级督办；不决定不等于不予执法，期限再次届满的必须执法。",
        "The time to decide on enforcement passes: escalated; no decision is no waiver, and after "
        "a second expiry enforcement is mandatory.",
    ),
    "step:interview.fix_final": Consequence(
        "确定最终期限的时限届满：逐级督办；仍须由约谈人确定，不会自动确定；自原期限起逾期，执法照常进行。",
        "The time to fix a final date passes: escalated; only the host fixes it, none comes by "
        "itself; the case stays overdue from the original date and enforcement goes on.",
    ),
    "step:extension.issuer_reply": Consequence(
        "发文机关答复时限届满：逐级督办；未答复不视为同意，指令书期限不变；答复之前不因该期限届满对企业采取处罚步骤。",
        "The issuer's time to answer passes: escalated; silence is no consent and the date of "
        "the order stands, but its passing brings no penalty step before the answer.",
    ),
    "step:extension.objection": Consequence(
        "裁定备案异议的时限届满：逐级督办；裁定之前延期有效。",
        "The time to decide on the objection passes: escalated; until then the extension stands.",
    ),
    "step:extension.amend": Consequence(
        "补正备案材料的时限届满：仍为未备案，逐级督办；延期有效。",
        "The time to correct the papers passes: still not filed, escalated; the extension stands.",
    ),
    "step:raise.decide": Consequence(
        "确认升级重大的时限届满：逐级督办；不答复不视为同意，等级和期限不变。",
        "The time to confirm the raise passes: escalated; silence is no consent, level and dates "
        "stand.",
    ),
    "step:void.decide": Consequence(
        "决定误报更正的时限届满：逐级督办；不答复不视为同意，案件照常办理。",
        "The time to decide on voiding passes: escalated; silence is no consent and the case goes "
        "on as it stands.",
    ),
    "step:listing.progress": Consequence(
        "督办进展报告到期：企业仍须报告，逾时告知督办单位和区安办，可由督办单位代写。",
        "The progress report falls due: the enterprise still owes it; the supervising body and the "
        "office are told, and the former may write it.",
    ),
    "step": Consequence(
        "“{title}”到办理时限：提醒承办单位，此后逐级督办；仍须由人办理。",
        "“{title}” reaches its service limit: its body is reminded, then the delay is escalated; "
        "a person must still act.",
    ),
    "step:late": Consequence(
        "“{title}”已过办理时限：仍须由人办理，逐级督办。",
        "“{title}” is past its service limit: a person must still act, and the delay is escalated.",
    ),
    "rung:remind": Consequence("提醒办理“{title}”。", "A reminder to do “{title}” goes out."),
    "rung:deputy": Consequence(
        "“{title}”超时：升级通知副职。", "“{title}” is late: the deputies are told."
    ),
    "rung:again": Consequence(
        "“{title}”超时：再次催办，通知可以办理的人员。",
        "“{title}” is late: whoever may do it is told once more.",
    ),
    "rung:leader_and_office": Consequence(
        "“{title}”仍未办理：报分管领导和区安办。",
        "“{title}” is still not done: the leader in charge and the safety office are told.",
    ),
    "rung:principal_and_office": Consequence(
        "“{title}”仍未办理：报区主要领导和区安办。",
        "“{title}” is still not done: the principal leader and the safety office are told.",
    ),
    "rung:days_left": Consequence(
        "提醒企业和检查单位：整改期限还剩 {days} 天。",
        "The enterprise and the finding body are reminded: {days} {days:day|days} left to rectify.",
    ),
    "rung:may_extend": Consequence(
        "提醒企业：可以申请延期，期限届满 {before} 天前提出为及时。",
        "The enterprise is told that it may ask for an extension, in good time until {before} "
        "{before:day|days} before the date.",
        {"before": "extension.timely_days_before"},
    ),
    "rung": Consequence("提醒有关人员。", "The people concerned are reminded."),
    "timer:listing.progress": Consequence(
        "挂牌督办报告日到：企业须报告治理进展。",
        "The enterprise must report progress on the listed hazard.",
    ),
    "timer:listing.missed": Consequence(
        "下一期报告日到而本期仍未报告：本期记为未报告，告知督办单位和区安办；下一期照常报告。",
        "The next report falls due with this one still missing: that is put on record, and the "
        "supervising body and the office are told; the next week is reported on as usual.",
    ),
    "timer:interview.host": Consequence(
        "约谈人确认时限届满：按判定表由{host}约谈。",
        "Nobody has confirmed a host by then: by the table {host} holds the interview.",
    ),
    "timer:interview.decision": Consequence(
        "约谈确定的决定日期到：未决定的单位报区主要领导和区安办，不视为同意。",
        "The day set at the interview passes: who has not decided is put before the principal "
        "leader and the safety office; that is no consent.",
    ),
    "timer:extension.resubmit": Consequence(
        "补正时限届满：延期申请失效，不视为同意，原期限照常计算。",
        "The time to send the request again passes: it lapses, which is no consent, and the "
        "original date keeps running.",
    ),
    "timer:own": Consequence(
        "办理期限“{title}”届满：流程按图继续，不影响法定期限。",
        "The service deadline “{title}” ends: the process goes on as drawn; dates of the rules "
        "stay as they are.",
    ),
    "timer": Consequence("流程进入“{title}”之后的步骤。", "The process goes on from “{title}”."),
    "deadline:late": Consequence(
        "{kind}已过时限：仍须办理，逐级督办。",
        "Past its date ({kind}): it must still be done, and the delay is escalated.",
    ),
    "interview:late": Consequence(
        "约谈超期：约谈仍须进行，报区主要领导督办；延期、销号都不免除约谈。",
        "The interview is late: it must still be held, also after an extension or a strike-off, "
        "and is put before the principal leader.",
    ),
    "serve:late": Consequence(
        "送达已过时限：文书仍须送达，逐级督办；送达之前整改期限不起算。",
        "Service is late: the paper must still be served and the delay is escalated; the "
        "rectification limit does not start before service.",
    ),
    "recheck:late": Consequence(
        "复查已过时限：复查仍须进行，逐级督办；不会自动合格。",
        "The recheck is late: it must still be made, and the delay is escalated; nothing passes "
        "automatically.",
    ),
    "deadline": Consequence(
        "{kind}到期：仍须办理，逐级督办。",
        "{kind} falls due: it must still be done, and is escalated.",
    ),
}


def consequence(keys: tuple[str, ...], rules: RuleSet, language: str, **values: object) -> str:
    """Return the sentence of the first of the keys that has one."""
    found = next(CONSEQUENCES[key] for key in keys if key in CONSEQUENCES)
    numbers = {name: rules.whole(rule) for name, rule in found.numbers.items()}
    return sentence(found.en if language == "en" else found.zh, **values, **numbers)
