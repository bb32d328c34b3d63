"""Texts of drafts of processes."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "drafts.title": ("流程草稿", "Drafts of processes"),
    "drafts.lead": (
        "在草稿里修改流程，由另一人审核后上线；办理中的案件保持开始时的版本。",
        "Changed in a draft, live when another person approves; running cases stay as they are.",
    ),
    "drafts.none": ("没有草稿", "No drafts"),
    "drafts.none_hint": (
        "打开一个流程，点“修改”即可开始。",
        "Open a process and choose “Change” to begin one.",
    ),
    "drafts.over": ("已结束的草稿", "Drafts that are over"),
    "drafts.state": ("状态", "State"),
    "drafts.base": ("起始版本", "Began from"),
    "drafts.base_new": ("新流程", "A new process"),
    "drafts.changed": ("最近修改", "Last changed"),
    "drafts.begin": ("修改", "Change"),
    "drafts.begin_from": ("从本版开始修改", "Change from this version"),
    "drafts.begun": (
        "草稿已建立，改动不影响正在运行的流程",
        "The draft is there; nothing that runs is touched by it",
    ),
    "drafts.new": ("新建流程", "New process"),
    "drafts.new_lead": (
        "先建一份只有开始和结束的草稿，再在图上补充步骤。",
        "Begin with a start and an end, then draw what is between them.",
    ),
    "drafts.process_id": ("流程标识", "Process id"),
    "drafts.process_hint": (
        "小写字母开头，只含小写字母、数字和下划线，上线后不能改，例如 small_repair",
        "Small letters, digits and _, a letter first; it stays for good, such as small_repair",
    ),
    "drafts.name_zh": ("中文名称", "Chinese name"),
    "drafts.name": ("英文名称（选填）", "English name (optional)"),
    "drafts.create": ("建立草稿", "Create the draft"),
    "drafts.files": ("文件", "Files"),
    "drafts.kind_diagram": ("流程图", "Diagram"),
    "drafts.kind_table": ("决策表", "Decision table"),
    "drafts.kind_form": ("表单", "Form"),
    "drafts.kind_scenario": ("场景", "Scenario"),
    "drafts.file_added": ("新增", "Added"),
    "drafts.file_changed": ("有改动", "Changed"),
    "drafts.file_removed": ("已删除", "Removed"),
    "drafts.file_same": ("未改动", "As it was"),
    "drafts.unchanged_files": (
        "未改动的文件（{count}）",
        "Files as they were ({count})",
    ),
    "drafts.changes": ("与第 {version} 版相比的改动", "Changes since version {version}"),
    "drafts.changes_new": ("新流程的文件", "Files of the new process"),
    "drafts.no_changes": ("还没有改动", "Nothing is changed yet"),
    "drafts.findings": ("检查", "Check"),
    "drafts.clean": ("没有发现问题，可以上线", "Nothing is wrong; it could go live"),
    "drafts.errors": (
        "有 {count} 处错误，改正之后才能提请审核",
        "{count} {count:error|errors}; correct {count:it|them} before asking for approval",
    ),
    "drafts.warnings": (
        "另有 {count} 条提醒，不妨碍上线",
        "{count} {count:warning|warnings}, which keep nothing from going live",
    ),
    "drafts.line": ("第 {line} 行", "line {line}"),
    "drafts.error": ("错误", "Error"),
    "drafts.warning": ("提醒", "Warning"),
}
