"""The kinds of papers: title, the word of their number, fields in both languages, copies."""

from __future__ import annotations

from dataclasses import dataclass

Name = tuple[str, str]

OWN, OWN_INTERNAL, OWN_DRAFT = "own", "own_in", "own_dr"
"""Papers that designers let a process make: their titles and lines come from the diagram."""


@dataclass(frozen=True)
class Field:
    """One line of a paper."""

    key: str
    zh: str
    en: str


@dataclass(frozen=True)
class Kind:
    """A kind of paper; a served one leaves the lines of the service record to the pen.

    An internal one is kept by an authority and shown to authorities alone; a draft to those who
    know what is prepared against an enterprise.
    """

    code: str
    word: str
    zh: str
    en: str
    fields: tuple[Field, ...]
    copies: int = 1
    to: Name = ("", "")
    served: bool = False
    internal: bool = False
    draft: bool = False


def _fields(*rows: tuple[str, str, str]) -> tuple[Field, ...]:
    return tuple(Field(*row) for row in rows)


_UNIT = (
    ("unit", "单位名称", "Enterprise"),
    ("area", "所属区域", "Area"),
    ("contact", "联系人", "Contact"),
    ("phone", "联系电话", "Telephone"),
)

_REQUEST = _fields(
    *_UNIT,
    ("situation", "存在隐患及治理情况简述", "The hazard and what was done"),
    ("count", "第几次申请", "Which request"),
    ("source", "期限来源", "Source of the date"),
    ("original_due", "原期限", "Date that stands"),
    ("new_date", "申请延期至", "Extension asked until"),
    ("ground", "客观因素", "Objective ground"),
    ("reason", "申请延期理由", "Reasons"),
    ("interim_measures", "延期期间防控措施", "Interim measures"),
    ("milestones", "整改节点", "Milestones"),
    ("expert_opinion", "专家意见", "Expert opinion"),
    ("evidence", "证据附件", "Evidence"),
    ("filed_at", "提出时间", "Filed"),
    ("applicant", "申请人", "Applicant"),
    ("opinion_park_command", "园区攻坚指挥部意见", "Opinion of the park command"),
    ("opinion_industry_department", "行业主管部门意见", "Opinion of the industry department"),
    ("opinion_leader_incharge", "分管领导意见", "Opinion of the leader in charge"),
    ("issuer_answer", "原发文机关答复", "Answer of the issuer of the order"),
    ("content_hash", "申请内容校验值", "Hash of what is asked"),
)

_DECISION = _fields(
    ("unit", "单位名称", "Enterprise"),
    ("situation", "隐患", "Hazard"),
    ("request", "申请", "Request"),
    ("decision", "审批意见", "Decision"),
    ("original_due", "原期限", "Date before"),
    ("new_date", "同意延期至", "Extended until"),
    ("reason", "理由", "Reasons"),
    ("effective_at", "生效时间", "In force from"),
    ("interim_measures", "延期期间防控措施", "Interim measures"),
)

_FILING = _fields(
    ("register_number", "备案号", "Register number"),
    ("unit", "单位名称", "Enterprise"),
    ("filed_by", "报备单位", "Filed by"),
    ("received_at", "收件时间", "Received"),
    ("materials", "材料清单", "Papers received"),
    ("check", "形式审查结果", "Formal check"),
    ("objection", "异议", "Objection"),
    ("registrar", "登记人", "Registered by"),
    ("registered_at", "登记时间", "Registered"),
)

_LISTING = _fields(
    ("unit", "单位名称", "Enterprise"),
    ("facts", "经检查，你单位存在以下事故隐患", "On inspection this hazard was found"),
    ("criterion", "依据", "Criterion"),
    ("grade", "级别", "Grade"),
    ("grounds", "挂牌事由", "Grounds"),
    ("listing_body", "督办单位", "Supervising body"),
    ("department", "督办部门", "Supervising department"),
    ("finish_by", "治理完成日", "To be finished by"),
    ("plan", "治理方案报备", "Plan filed"),
    ("progress", "进展报告", "Reports of progress"),
    ("acceptance", "验收申请", "Request for acceptance"),
    ("extension", "延期申请", "Request for extension"),
    ("interim_measures", "安全防控措施", "Interim measures"),
    ("medium", "公布媒体", "Published in"),
    ("published_on", "公布日期", "Published on"),
)

_PROGRESS = _fields(
    ("unit", "单位名称", "Enterprise"),
    ("situation", "隐患", "Hazard"),
    ("report", "第几次报告", "Report number"),
    ("progress", "治理进展", "Progress"),
    ("percent", "完成比例", "Done"),
    ("attachments", "附件", "Attachments"),
    ("reported_at", "报告时间", "Reported"),
    ("reported_by", "报告人", "Reported by"),
)

_NOTICE = _fields(
    ("invitee", "被约谈人", "Person interviewed"),
    ("role", "身份", "Capacity"),
    ("unit", "单位名称", "Enterprise"),
    ("cause", "约谈事由", "Cause"),
    ("due_date", "逾期的期限", "Date that passed"),
    ("given_at", "通知送达时间", "Notice given"),
    ("time", "约谈时间", "Time"),
    ("place", "约谈地点", "Place"),
    ("way", "方式", "Way"),
    ("host", "约谈人", "Host"),
    ("participants", "参加单位", "Bodies taking part"),
    ("materials", "须带材料", "Papers to bring"),
    ("substitute", "委托", "Substitutes"),
)

_MINUTES = _fields(
    ("unit", "单位名称", "Enterprise"),
    ("held_at", "约谈时间", "Held"),
    ("place", "地点", "Place"),
    ("host", "主持", "Host"),
    ("recorder", "记录", "Recorder"),
    ("attendees", "参加人员", "Present"),
    ("circulated", "情况通报", "What was reported"),
    ("explanation", "原因说明", "Explanation"),
    ("commitment", "整改承诺", "Commitment"),
    ("final_date", "最终期限", "Final date"),
    ("decision_dates", "未签署单位的决定日期", "Decision dates of silent signatories"),
    ("signature", "被约谈人签字", "Signature"),
    ("noted", "注明", "Noted"),
    ("recording", "录音录像", "Recording"),
)

_REPORT = _fields(
    ("unit", "单位名称", "Enterprise"),
    ("interview", "约谈", "Interview"),
    ("text", "落实措施", "What was done"),
    ("due", "报告期限", "Report due"),
    ("reported_at", "报告时间", "Reported"),
    ("evidence", "证明材料", "Proof"),
    ("reported_by", "报告人", "Reported by"),
)

_THREE: Name = (
    "治理责任单位、督办单位、区安委办",
    "Enterprise, supervising body, committee office",
)
_TWO: Name = ("治理责任单位、督办单位", "Enterprise, supervising body")

KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind("D9", "延申", "延期整改申请（审批）表", "Request for extension", _REQUEST, 3, _THREE),
        Kind(
            "D10",
            "延审",
            "延期审批意见书",
            "Decision on the extension",
            _DECISION,
            3,
            _THREE,
            served=True,
        ),
        Kind("D11", "延登", "延期备案登记表", "Filing register", _FILING, 1, internal=True),
        Kind("D12", "挂督", "挂牌督办通知书", "Notice of listing", _LISTING, 2, _TWO, served=True),
        Kind("D13", "督进", "治理进展报告", "Report of progress", _PROGRESS, 1),
        Kind("D14", "约通", "约谈通知书", "Notice of interview", _NOTICE, 2, _TWO, served=True),
        Kind("D15", "约纪", "约谈记录（纪要）", "Minutes of the interview", _MINUTES, 2, _TWO),
        Kind("D16", "约报", "约谈落实情况报告", "Report after the interview", _REPORT, 2, _TWO),
        Kind(OWN, "事", "办理文书", "Paper of the process", ()),
        Kind(OWN_INTERNAL, "内", "内部文书", "Internal paper", (), internal=True),
        Kind(OWN_DRAFT, "拟", "拟办文书", "Draft paper", (), internal=True, draft=True),
    )
}
