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
    "scenarios.play": ("接着办，边办边记", "Play on and record"),
    "scenarios.play_lead": (
        "在一个试演案件上办到最后一步，再像在待办里那样办下去，每办一件记一行。",
        "Plays a case to the last step; go on as in the inbox, and each act becomes a row.",
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
    "scenarios.none": (
        "没有场景，改动没有经过场景测试。",
        "There are no scenarios; the changes were not tested by any.",
    ),
    "scenarios.all_hold": (
        "{total} 个场景在现在的改动上全部符合。",
        "All {total} scenarios hold with the changes as they are.",
    ),
    "scenarios.none_played": (
        "上次改动之后，{total} 个场景都还没有运行。",
        "None of the {total} scenarios was run since the last change.",
    ),
    "scenarios.of_all": ("{total} 个场景中，{parts}。", "Of {total} scenarios, {parts}."),
    "scenarios.and": ("，", ", "),
    "scenarios.some_fail": ("{count} 个不符", "{count} fail"),
    "scenarios.some_unplayed": (
        "{count} 个在上次改动之后没有运行",
        "{count} were not run since the last change",
    ),
    "scenarios.some_faulty": ("{count} 个写法有误", "{count} are written wrongly"),
    "scenarios.to_tests": ("去运行场景", "Run the scenarios"),
}
