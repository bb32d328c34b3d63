"""What the operations of designers take: every parameter with its names, type and choices."""

from __future__ import annotations

from typing import Final

from engine.operations import FIELD_TYPES, Choice, OperationInfo, Parameter
from workflows.domain.designed_fields import EVERYBODY

NAME: Final = "[a-z][a-z0-9_]*"
OWN_MESSAGE: Final = r"own\.[a-z][a-z0-9_.]*"

BODIES: Final = tuple(
    Choice(*row)
    for row in (
        ("finder", "发现单位", "Finding body"),
        ("issuer", "下达文书的单位", "Body that serves the paper"),
        ("enterprise", "企业", "Enterprise"),
        ("park_command", "园区指挥部，无园区为镇街", "Park command, or the town"),
        ("industry_department", "行业主管部门", "Industry department"),
        ("emergency_bureau", "应急管理局", "Emergency bureau"),
        ("office", "安委会办公室", "Safety office"),
        ("leader_incharge", "分管领导", "Leader in charge"),
        ("leader_principal", "主要领导", "Principal leader"),
        ("expert", "专家", "Expert"),
        ("listing_body", "挂牌单位", "Body that lists"),
    )
)
"""Who may be told: the candidate rules but the host of an interview, who is one entry's."""

ROLES: Final = tuple(
    Choice(*row)
    for row in (
        ("head", "负责人", "Head"),
        ("deputy", "副职", "Deputy"),
        ("officer", "检查人员", "Officers"),
        ("clerk", "内勤", "Clerks"),
        ("principal", "企业主要负责人", "Principal of the enterprise"),
        ("safety_officer", "企业安全员", "Safety officer of the enterprise"),
    )
)
_TYPES: Final = dict(
    zip(
        FIELD_TYPES,
        (
            ("文字", "Text"),
            ("数字", "Number"),
            ("是否", "Yes or no"),
            ("日期", "Date"),
            ("日期和时间", "Date and time"),
        ),
        strict=True,
    )
)
_UNITS: Final = (
    Choice("workdays", "工作日", "Working days"),
    Choice("days", "日", "Days"),
)
_SHOWN: Final = (
    Choice("authorities", "仅监管单位", "Authorities alone"),
    Choice(EVERYBODY, "能看到案件的人，包括企业", "Whoever sees the case, the enterprise too"),
)


def _named(name: str, zh: str, en: str, pattern: str = NAME) -> Parameter:
    return Parameter(name, zh, en, literal=True, pattern=pattern)


def _words(name: str, zh: str, en: str, *, required: bool = True) -> Parameter:
    return Parameter(name, zh, en, literal=True, required=required)


def _choice(
    name: str, zh: str, en: str, choices: tuple[Choice, ...], *, required: bool = True
) -> Parameter:
    return Parameter(name, zh, en, choices=choices, literal=True, required=required)


_AUDIENCE: Final = _choice("shown_to", "谁能看到", "Shown to", _SHOWN, required=False)

PARAMETERS: Final[dict[str, OperationInfo]] = {
    "case.set_field": OperationInfo(
        "写入案件字段",
        "Set a field of the case",
        parameters=(
            _named("field", "字段名", "Field"),
            _choice(
                "type",
                "类型",
                "Type",
                tuple(Choice(kind, *words) for kind, words in _TYPES.items()),
            ),
            Parameter("value", "值", "Value", "any"),
            _words("label", "中文名称", "Chinese label"),
            _words("label_en", "英文名称", "English label"),
            _AUDIENCE,
        ),
    ),
    "deadline.start": OperationInfo(
        "起算办理期限",
        "Start a service deadline",
        "string",
        (
            _named("name", "期限名", "Name"),
            Parameter("count", "天数", "Number of days", "number"),
            _choice("unit", "单位", "Unit", _UNITS),
            Parameter(
                "from", "起算日，不填为当日", "Counted from, else today", "date", required=False
            ),
            _words("label", "中文名称", "Chinese label"),
            _words("label_en", "英文名称", "English label"),
            _AUDIENCE,
        ),
    ),
    "notify": OperationInfo(
        "发送通知",
        "Notify",
        "number",
        (
            _choice("body", "通知谁", "Body", BODIES),
            _choice("role", "岗位", "Role", ROLES, required=False),
            Parameter("text", "中文内容", "Chinese words", told=True),
            Parameter("text_en", "英文内容", "English words", told=True),
        ),
    ),
    "paper.make": OperationInfo(
        "制作文书",
        "Make a paper",
        "string",
        (
            _words("title", "中文标题", "Chinese title"),
            _words("title_en", "英文标题", "English title"),
            Parameter("lines", "栏目", "Lines", "list"),
            Parameter(
                "subject",
                "事由，同一事由再制作为新版",
                "Subject: made again it is a new edition",
                required=False,
                literal=True,
                pattern=NAME,
            ),
            _AUDIENCE,
        ),
    ),
    "message.send": OperationInfo(
        "发送消息",
        "Send a message",
        parameters=(_named("message", "消息名", "Message", OWN_MESSAGE),),
    ),
    "process.start": OperationInfo(
        "启动其他流程",
        "Start another process",
        parameters=(_named("process", "流程", "Process"),),
    ),
}
"""Every operation that takes parameters."""

UNTOLD: Final = frozenset({"enterprise", EVERYBODY})
"""Who must not be told from within a process that is not everybody's to follow."""
