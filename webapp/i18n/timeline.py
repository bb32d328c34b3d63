"""Texts of the timeline: what the system and people did, in words."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "timeline.title": ("办理经过", "What has happened"),
    "timeline.none": ("还没有记录。", "Nothing recorded yet."),
    "timeline.system": ("系统", "System"),
    "timeline.acting_for": ("{name}（代 {other}）", "{name} for {other}"),
    "timeline.opinion": ("意见", "Opinion"),
    "timeline.text": ("内容", "Text"),
    "timeline.cleared": ("（清空）", "(cleared)"),
    "timeline.reason": ("理由", "Reason"),
    "timeline.requirements": ("整改要求", "Requirements"),
    "timeline.measures": ("措施", "Measures"),
    "timeline.done": ("完成情况", "What was done"),
    "timeline.progress": ("进展", "Progress"),
    "timeline.task": ("事项", "Task"),
    "timeline.told": ("告知对象", "Told"),
    "timeline.handed_to": ("转给", "Handed to"),
    "timeline.days_left": (
        "整改期限提醒：还剩 {days} 天",
        "Reminder: {days} {days:day|days} left to rectify",
    ),
    "timeline.told_deadline": (
        "企业主要负责人、安全管理员和检查单位",
        "the enterprise's principal and safety officer, and the finding body",
    ),
    "timeline.told_deputy": ("{bodies}的副职", "the deputies of {bodies}"),
    "timeline.told_leader": (
        "分管领导和区安办",
        "the leader in charge and the safety office",
    ),
    "timeline.told_principal": (
        "区主要领导和区安办",
        "the principal leader and the safety office",
    ),
    "timeline.proposed": ("判定表建议：{value}", "The table proposes: {value}"),
    "timeline.proposed_level": ("判定表建议：{value}隐患", "The table proposes: {value} hazard"),
    "timeline.proposed_days": (
        "判定表确定：整改期限最长 {value} 天",
        "The table sets: at most {value} {value:day|days} to rectify",
    ),
    "timeline.proposed_bodies": (
        "判定表确定：由{value}销号",
        "The table sets: struck off by {value}",
    ),
    "timeline.proposed_host": (
        "判定表确定：由{value}约谈",
        "The table sets: interviewed by {value}",
    ),
    "timeline.note": ("说明", "Note"),
    "timeline.resubmit_by": ("补正重报截止", "To be sent again by"),
    "timeline.paper": ("文书", "Paper"),
    "timeline.register": ("备案号", "Register number"),
    "timeline.stands_again": ("恢复期限", "The date again"),
    "timeline.substitute": ("由他人代替参加，计为缺席", "A substitute came: a no-show"),
    "timeline.process_started": ("启动流程：{name}", "Process started: {name}"),
    "timeline.process_completed": ("流程办结：{name}", "Process completed: {name}"),
    "timeline.process_cancelled": ("流程终止：{name}", "Process ended: {name}"),
}
