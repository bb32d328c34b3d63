"""What the parts of a process are called in a list of changes, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from workflows.domain import generic_parameters

Words = tuple[str, str]


def uncapitalised(words: str) -> str:
    """Return words as they stand within a sentence."""
    return words[:1].lower() + words[1:]


SUBJECTS: Final[Mapping[str, Words]] = {
    "userTask": ("任务", "Task"),
    "serviceTask": ("服务任务", "Service task"),
    "businessRuleTask": ("规则任务", "Rule task"),
    "scriptTask": ("脚本任务", "Script task"),
    "sendTask": ("发送任务", "Send task"),
    "receiveTask": ("接收任务", "Receive task"),
    "manualTask": ("人工任务", "Manual task"),
    "task": ("任务", "Task"),
    "startEvent": ("开始事件", "Start event"),
    "endEvent": ("结束事件", "End event"),
    "intermediateCatchEvent": ("等待事件", "Catching event"),
    "intermediateThrowEvent": ("抛出事件", "Throwing event"),
    "boundaryEvent": ("边界事件", "Boundary event"),
    "exclusiveGateway": ("排他网关", "Exclusive gateway"),
    "parallelGateway": ("并行网关", "Parallel gateway"),
    "inclusiveGateway": ("包容网关", "Inclusive gateway"),
    "eventBasedGateway": ("事件网关", "Event-based gateway"),
    "complexGateway": ("复杂网关", "Complex gateway"),
    "subProcess": ("子流程", "Sub-process"),
    "transaction": ("事务子流程", "Transaction"),
    "adHocSubProcess": ("自由子流程", "Ad-hoc sub-process"),
    "callActivity": ("调用活动", "Call activity"),
    "flow": ("连线", "Flow"),
    "lane": ("泳道", "Lane"),
    "process": ("流程", "Process"),
    "decision": ("决策", "Decision"),
    "input": ("输入列", "Input"),
    "output": ("输出列", "Output"),
    "rule": ("行", "Row"),
    "form": ("表单", "Form"),
    "field": ("字段", "Field"),
    "group": ("分组", "Group"),
    "text": ("说明文字", "Text"),
    "file": ("文件", "File"),
}

ASPECTS: Final[Mapping[str, Words]] = {
    "name": ("名称", "name"),
    "documentation": ("说明", "documentation"),
    "kind": ("类型", "type"),
    "type": ("类型", "type"),
    "scope": ("所在范围", "scope"),
    "process": ("所属流程", "process"),
    "lane": ("泳道", "lane"),
    "attached_to": ("所附任务", "activity it is attached to"),
    "interrupting": ("是否中断", "interruption"),
    "triggered_by_event": ("由事件启动", "start by an event"),
    "called": ("调用的流程", "called process"),
    "loop": ("循环", "loop"),
    "operation": ("操作", "operation"),
    "result": ("结果写入的标记", "flag of the result"),
    "decision": ("决策表", "decision"),
    "scripts": ("脚本", "scripts"),
    "default": ("默认去向", "default way"),
    "timer": ("定时方式", "kind of timer"),
    "event.timer": ("期限", "timer"),
    "event.message": ("消息", "message"),
    "event.signal": ("信号", "signal"),
    "event.error": ("错误", "error"),
    "event.terminate": ("全部终止", "termination"),
    "event.link": ("链接", "link"),
    "event.escalation": ("升级", "escalation"),
    "property.act": ("办理事项", "act"),
    "property.body": ("承办单位", "body"),
    "property.role": ("承办岗位", "role"),
    "property.form": ("表单", "form"),
    "property.ladder": ("时限", "limit"),
    "property.result": ("结果写入的标记", "flag of the result"),
    "source": ("起点", "source"),
    "target": ("终点", "target"),
    "condition": ("条件", "condition"),
    "executable": ("可执行", "executability"),
    "variable": ("变量", "variable"),
    "needs": ("依据的决策", "required decisions"),
    "knowledge": ("调用的知识模型", "required knowledge"),
    "parameters": ("参数", "parameters"),
    "logic": ("内容", "logic"),
    "hit_policy": ("命中策略", "hit policy"),
    "label": ("标签", "label"),
    "label_en": ("英文标签", "English label"),
    "values": ("可选值", "values"),
    "initial": ("初始值", "initial value"),
    "description": ("备注", "remark"),
    "hint": ("提示", "hint"),
    "hint_en": ("英文提示", "English hint"),
    "group": ("分组", "group"),
    "options": ("选项", "choices"),
    "options_from": ("选项来源", "source of the choices"),
    "binding": ("保存位置", "binding"),
    "hide": ("隐藏条件", "condition for hiding"),
    "readonly": ("只读", "read-only"),
    "multiple": ("可多个", "several files"),
    "limit.required": ("必填", "being required"),
    "limit.min_length": ("最少字数", "least length"),
    "limit.max_length": ("最多字数", "greatest length"),
    "limit.minimum": ("最小值", "minimum"),
    "limit.maximum": ("最大值", "maximum"),
    "limit.pattern": ("格式", "pattern"),
    "limit.digits": ("小数位数", "decimal digits"),
}

PREFIXED: Final[Mapping[str, Words]] = {
    "cell.": ("“{name}”", "“{name}”"),
    "property.set.": ("写入标记 {name}", "the flag {name} that it writes"),
    "property.": ("属性 {name}", "property {name}"),
    "parameter.": ("参数 {name}", "parameter {name}"),
    "event.": ("事件 {name}", "event {name}"),
}

BODIES: Final[Mapping[str, Words]] = {
    **{one.value: (one.zh, uncapitalised(one.en)) for one in generic_parameters.BODIES},
    "interview_host": ("约谈人", "host of the interview"),
}
"""As a designer chooses them, and whom nobody chooses by that list."""

ROLES: Final[Mapping[str, Words]] = {
    **{one.value: (one.zh, uncapitalised(one.en)) for one in generic_parameters.ROLES},
    "expert": ("专家", "expert"),
}

TIMERS: Final[Mapping[str, Words]] = {
    "timeDate": ("到期一次", "once"),
    "timeDuration": ("经过一段时间", "after a time"),
    "timeCycle": ("反复到期", "again and again"),
}

FLAGS: Final[Mapping[str, Words]] = {"true": ("是", "yes"), "false": ("否", "no")}

TYPES: Final[Mapping[str, Words]] = {
    "textfield": ("单行文字", "line of text"),
    "textarea": ("多行文字", "text"),
    "number": ("数字", "number"),
    "date": ("日期", "date"),
    "datetime": ("日期和时间", "date and time"),
    "select": ("下拉选择", "select"),
    "radio": ("单选", "radio"),
    "checkbox": ("勾选", "checkbox"),
    "checklist": ("多选", "checklist"),
    "filepicker": ("附件", "files"),
    "group": ("分组", "group"),
    "dynamiclist": ("多行表", "rows"),
    "text": ("说明文字", "text"),
}
