"""Texts of the comparison of two versions of a process."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "compare.title": ("比较两版", "Compare versions"),
    "compare.of": ("第 {before} 版 → 第 {after} 版", "Version {before} → version {after}"),
    "compare.of_draft": ("草稿与第 {version} 版比较", "The draft beside version {version}"),
    "compare.of_new": (
        "草稿是新流程，没有可比较的旧版",
        "The draft is a new process: nothing is older",
    ),
    "compare.draft": ("草稿", "Draft"),
    "compare.new": ("新流程", "New process"),
    "compare.link": ("与第 {version} 版比较", "Compare with version {version}"),
    "compare.none": ("两版内容相同", "The two versions are the same"),
    "compare.count": (
        "共 {count} 处不同：新增 {added}，删除 {removed}，修改 {changed}，移动 {moved}。",
        "{count} in all: {added} new, {removed} gone, {changed} changed, {moved} moved.",
    ),
    "compare.most": (
        "不同之处太多，只列出前 {count} 处。",
        "There are too many; only the first {count} are listed.",
    ),
    "compare.changes": ("改了什么", "What changed"),
    "compare.diagrams": ("流程图", "Diagrams"),
    "compare.tables": ("决策表", "Decision tables"),
    "compare.hint": (
        "点清单中的一处，两边的图都转到它。",
        "Choose a change in the list to see it in both diagrams.",
    ),
    "compare.layout": ("只移动了位置的 {count} 处", "{count} that only moved"),
    "compare.file_diagram": ("流程图", "Diagram"),
    "compare.file_table": ("决策表 {name}", "Decision table {name}"),
    "compare.file_form": ("表单 {name}", "Form {name}"),
    "compare.file": ("文件 {name}", "File {name}"),
    "compare.whole": ("原文", "As written"),
    "compare.before": ("改前", "Before"),
    "compare.after": ("改后", "After"),
    "compare.nothing": ("无", "Nothing"),
    "compare.added": ("新增", "Added"),
    "compare.removed": ("删除", "Removed"),
    "compare.changed": ("修改", "Changed"),
    "compare.moved": ("移动", "Moved"),
    "compare.same": ("未变", "Same"),
    "compare.row": ("行", "Row"),
    "compare.more_rows": (
        "另有 {count} 行未变，没有列出。",
        "{count} more {count:row is|rows are} the same and not listed.",
    ),
}
