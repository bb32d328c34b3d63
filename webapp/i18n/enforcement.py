"""Texts of enforcement after an expiry, and of a referral."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "enforcement.title": ("第 {number} 次执法决定", "Enforcement {number}"),
    "enforcement.second_expiry": ("再次届满，必须执法", "Second expiry: mandatory"),
    "enforcement.no_show": ("约谈缺席，必须执法", "No-show: mandatory"),
    "enforcement.noted": ("已登记届满", "Expiry noted"),
    "enforcement.noted_why": (
        "应急管理局依法处理；作出的决定以送达为准。",
        "The emergency bureau deals with it; a decision counts from its service.",
    ),
    "enforcement.waiting": ("待决定", "To be decided"),
    "enforcement.waiting_second_expiry": (
        "期限再次届满，应急管理局必须执法，不得不予执法。",
        "A date has passed a second time: the emergency bureau must enforce.",
    ),
    "enforcement.waiting_no_show": (
        "约谈对象无故缺席约谈，应急管理局必须执法，不得不予执法。",
        "Nobody came to the interview: the emergency bureau must enforce.",
    ),
    "enforcement.waiting_first": (
        "应急管理局须说明理由决定是否执法；不决定不等于不予执法。",
        "The emergency bureau decides with reasons; no decision is no waiver.",
    ),
    "enforcement.withheld": (
        "延期申请未决定期间暂缓，不对企业采取处罚步骤。",
        "Withheld while a timely request is undecided: no penalty step.",
    ),
    "enforcement.withheld_order": (
        "发文机关尚未答复指令书期限，答复之前暂缓，不对企业采取处罚步骤。",
        "Withheld until the issuer has answered for the date of its order: no penalty step.",
    ),
    "enforcement.lapsed": ("已失效", "Lapsed"),
    "enforcement.lapsed_why": (
        "延期获批，届满记录已免除。",
        "An extension was granted; the expiry is relieved.",
    ),
    "enforcement.rectified_why": (
        "届满时延期申请未获答复，其后复查合格：不作执法决定，届满记录保留。",
        (
            "It passed while a timely request had no answer, and the recheck was passed: nothing "
            "is enforced, the expiry stays on record."
        ),
    ),
    "enforcement.covered_why": (
        "与已登记的届满属同一次逾期，不另行处理。",
        "The same lateness as one noted before; it is not dealt with again.",
    ),
    "enforcement.ended_why": (
        "案件已办结，未作执法决定。",
        "The case has ended; nothing was decided on enforcement.",
    ),
    "enforcement.pursued": ("予以执法", "Pursued"),
    "enforcement.not_pursued": ("不予执法", "Not pursued"),
    "enforcement.expiries": ("届满的期限", "Limits that expired"),
    "enforcement.expiry": ("{kind} {day} 届满", "{kind}: the limit expired on {day}"),
    "enforcement.decided": ("决定", "Decided"),
    "enforcement.by_at": ("{who} {at}", "{who}, {at}"),
    "enforcement.reason": ("理由", "Reasons"),
    "enforcement.measures": ("措施", "Measures"),
    "enforcement.to_do": ("{name}：待办理", "{name}: to be done"),
    "enforcement.not_done": (
        "{name}：未办理，随案件终止",
        "{name}: not carried out, ended with the case",
    ),
    "enforcement.left": (
        "{name}：未实施，{who} {at}。理由：{reason}",
        "{name}: not carried out, {who}, {at}. Reason: {reason}",
    ),
    "enforcement.done": ("{name}：{who} {at}", "{name}: {who}, {at}"),
    "enforcement.stop_measures": ("停产停业、停止使用", "Stop measures"),
    "enforcement.penalty": ("行政处罚", "Penalty"),
    "enforcement.power_cut": ("停止供电", "Power cut"),
    "enforcement.referral": ("移送核查", "Referral"),
    "enforcement.scope": ("范围", "Scope"),
    "enforcement.basis": ("依据", "Basis"),
    "enforcement.amount": ("金额", "Amount"),
    "enforcement.yuan": ("{amount} 元", "{amount} yuan"),
    "enforcement.paper": ("决定书文号", "Paper"),
    "enforcement.cut_at": ("停电时间", "Cut at"),
    "enforcement.supplier": ("供电单位", "Supplier"),
    "enforcement.elements": ("移送四要素核查", "Check of the four elements"),
    "enforcement.internal": ("内部，企业不可见", "Internal, not shown to the enterprise"),
    "enforcement.element": ("要素", "Element"),
    "enforcement.met": ("是否具备", "Met"),
    "enforcement.note": ("说明", "Note"),
    "enforcement.proof": ("证据", "Evidence"),
    "enforcement.yes": ("具备", "Met"),
    "enforcement.no": ("不具备", "Not met"),
    "enforcement.officers": ("核查人员", "Checked by"),
    "enforcement.checking": ("两名执法人员核查中", "Two officers are checking"),
    "enforcement.to_refer": ("待应急管理局负责人决定", "The head of the bureau decides"),
    "enforcement.refer": ("移送公安机关", "Referred to the police"),
    "enforcement.no_refer": ("不移送", "Not referred"),
    "enforcement.handed_over": ("移交时间", "Handed over"),
    "enforcement.receipt": ("接收回执", "Receipt"),
}
