"""Operations with parameters, as a small application declares them."""

from __future__ import annotations

from engine.operations import Choice, OperationInfo, Parameter

DESIGNERS = {
    "case.set_field": OperationInfo(
        "写字段",
        "Set a field",
        parameters=(
            Parameter("field", "字段", "Field", literal=True, pattern="[a-z][a-z0-9_]*"),
            Parameter(
                "type",
                "类型",
                "Type",
                literal=True,
                choices=(Choice("string", "文字", "Text"), Choice("number", "数字", "Number")),
            ),
            Parameter("value", "值", "Value", "any"),
        ),
    ),
    "notify": OperationInfo(
        "通知",
        "Notify",
        parameters=(
            Parameter("body", "谁", "Body", literal=True),
            Parameter("text", "内容", "Text", told=True),
            Parameter("times", "次数", "Times", "number", required=False),
        ),
    ),
    "message.send": OperationInfo(
        "发送", "Send", parameters=(Parameter("message", "消息", "Message", literal=True),)
    ),
    "process.start": OperationInfo(
        "启动", "Start", parameters=(Parameter("process", "流程", "Process", literal=True),)
    ),
    "deadline.start": OperationInfo(
        "期限", "Deadline", parameters=(Parameter("name", "名称", "Name", literal=True),)
    ),
}
