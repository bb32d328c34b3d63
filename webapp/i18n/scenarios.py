"""Texts of the page of scenarios; what its script says stands there."""

from __future__ import annotations

TEXTS = {
    "scenarios.title": ("场景测试", "Scenario tests"),
    "scenarios.lead": (
        "场景写明谁在什么时候办什么、之后应当怎样。在示范园区的人员和虚拟时钟上运行本草稿，不触及任何案件。",
        "Who does what when, and what must follow; on a virtual clock, no case is touched.",
    ),
    "scenarios.run_all": ("全部运行", "Run all"),
    "scenarios.run_one": ("运行此场景", "Run this one"),
    "scenarios.stop": ("停止", "Stop"),
    "scenarios.new": ("新建场景", "New scenario"),
    "scenarios.new_hint": (
        "文件名：字母、数字、- 和 _",
        "File name of letters, digits, - and _",
    ),
    "scenarios.copy": ("复制", "Copy"),
    "scenarios.delete": ("删除", "Delete"),
    "scenarios.list": ("场景", "Scenarios"),
    "scenarios.steps": ("步骤", "Steps"),
    "scenarios.text": ("文本", "Text"),
    "scenarios.table": ("表格", "Table"),
    "scenarios.faults": ("文件中的错误", "What is wrong with the file"),
    "scenarios.coverage": ("走到了哪里", "What was visited"),
    "scenarios.coverage_lead": (
        "运行之后，走到的任务和连线标为绿色，没有走到的标为橙色虚线。",
        "After a run visited tasks and flows are green; what was not visited is dashed orange.",
    ),
    "scenarios.missed": ("没有走到的", "Not visited"),
}
