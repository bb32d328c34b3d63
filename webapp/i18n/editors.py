"""Texts of the editors of tables and forms; what scripts say stands beside them."""

from __future__ import annotations

TEXTS = {
    "editors.table": ("决策表", "Decision table"),
    "editors.form": ("表单", "Form"),
    "editors.decisions": ("决策", "Decisions"),
    "editors.undo": ("撤销", "Undo"),
    "editors.redo": ("重做", "Redo"),
    "editors.check": ("检查", "Check"),
    "editors.checking": ("正在检查…", "Checking…"),
    "editors.try": ("试一试", "Try it"),
    "editors.try_lead": (
        "填几个值，按今天生效的规则集和工作日历求值；不改动任何案件。",
        "Enter values; they are decided by the rule set and calendar of today. No case is touched.",
    ),
    "editors.download": ("下载文件", "Download the file"),
    "editors.replace": ("用改好的文件替换", "Replace it by a changed file"),
    "editors.components": ("组件", "Components"),
    "editors.layout": ("版面", "Layout"),
    "editors.preview": ("预览：办理人看到的页面", "Preview: what whoever does the task sees"),
    "editors.properties": ("字段属性", "Properties of the field"),
    "editors.names": ("可用的名称", "Names to use"),
    "editors.add": ("新建表单或决策表", "New form or decision table"),
    "editors.add_kind": ("新建什么", "What is new"),
    "editors.add_hint": (
        "文件名：字母、数字、- 和 _，例如 site_visit",
        "File name of letters, digits, - and _, such as site_visit",
    ),
    "editors.add_open": ("打开编辑页", "Open its editor"),
    "editors.fields": ("字段清单", "Fields"),
}
