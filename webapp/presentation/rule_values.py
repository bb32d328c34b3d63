"""The values of a rule set as people read them: a choice in words, a number with its unit."""

from __future__ import annotations

from typing import Final

from webapp.i18n.catalogue import Text, pick, sentence
from webapp.presentation import labels
from workflows.domain.rule_set import RuleValue

UNITS: Final[dict[str, Text]] = {
    "days": ("{n}天", "{n} {n:day|days}"),
    "workdays": ("{n}个工作日", "{n} {n:working day|working days}"),
    "hours": ("{n}小时", "{n} {n:hour|hours}"),
    "yuan": ("{n}元", "{n} yuan"),
    "percent": ("{n}%", "{n}%"),
}
"""A count, a month and a row of numbers stand alone: the sentence beside them says of what."""

FLAGS: Final[dict[bool, Text]] = {True: ("是", "Yes"), False: ("否", "No")}

CHOICES: Final[dict[str, Text]] = {
    "Asia/Shanghai": ("北京时间", "Beijing time"),
    "actual_danger": ("现实危险", "actual danger"),
    "always": ("一律", "always"),
    "as_never_stopped": ("视为从未停止", "as if never stopped"),
    "by_order": ("领导指令", "by order"),
    "calendar": ("自然日", "calendar days"),
    "contingency": ("预案", "contingency plan"),
    "decide_on_first": ("首次决定", "decision after the first"),
    "design_or_approval": ("设计或审批", "design or approval"),
    "emergency_bureau": ("应急管理局", "emergency bureau"),
    "escalate_never_consent": ("督办，不视为同意", "escalates, never consents"),
    "expert_opinion": ("专家意见", "expert opinion"),
    "expiry": ("期限届满", "expiry"),
    "external": ("外部因素", "external factors"),
    "finder_body": ("发现单位", "finding body"),
    "force_majeure": ("不可抗力", "force majeure"),
    "funds": ("资金", "funds"),
    "industry_department": ("行业主管部门", "industry department"),
    "lack_of_funds": ("资金紧张", "lack of funds"),
    "last_workday": ("最后一个工作日", "last working day"),
    "leader_incharge": ("分管领导", "leader in charge"),
    "leader_principal": ("主要领导", "principal leader"),
    "mandatory_on_second": ("再次必须执法", "mandatory after the second"),
    "measures": ("措施", "measures"),
    "milestone": ("已完成节点", "finished milestone"),
    "named_criterion": ("判定依据", "named criterion"),
    "never": ("从不", "never"),
    "next_workday": ("顺延至下一工作日", "next working day"),
    "none": ("不顺延", "does not roll"),
    "on_confirm_major": ("确认为重大时", "on confirmation as major"),
    "on_extension": ("延期", "on extension"),
    "on_overdue_major": ("重大逾期", "on an overdue major"),
    "order_backlog": ("订单任务", "order backlog"),
    "original_due": ("原期限届满日", "the original date"),
    "parallel_all": ("并行，均须同意", "in parallel, all consent"),
    "park_command": ("园区攻坚指挥部", "park command"),
    "procurement": ("采购周期", "procurement"),
    "refusal": ("拒不执行", "refusal"),
    "reported_done": ("报告完成时间", "time of the report"),
    "responsibility": ("责任", "responsibility"),
    "second_signature": ("第二家签署", "second signature"),
    "served_order": ("已送达的决定", "served order"),
    "service": ("文书送达", "service of the paper"),
    "shutdown_window": ("停产检修窗口", "shutdown window"),
    "staff_busy": ("人员繁忙", "busy staff"),
    "third_party": ("第三方配合", "third party"),
    "time": ("时限", "time"),
    "town": ("镇（街道）", "town or street"),
    "yearly": ("按年度通知", "yearly notice"),
    **{name: labels.LEVELS[name] for name in ("general", "larger", "major")},
    **{name: labels.STATES[name] for name in ("struck_off", "shut_down", "voided", "transferred")},
}


def value_words(value: RuleValue, language: str) -> str:
    """Return a value in words; a choice without words is shown as it is written."""
    content = value.value
    if isinstance(content, bool):
        return pick(language, *FLAGS[content])
    if isinstance(content, list):
        comma = ", " if language == "en" else "、"
        return comma.join(_one(part, language) for part in content)
    if value.unit in UNITS:
        return sentence(pick(language, *UNITS[value.unit]), n=content)
    return _one(content, language)


def _one(content: object, language: str) -> str:
    words = CHOICES.get(str(content))
    return pick(language, *words) if words else str(content)
