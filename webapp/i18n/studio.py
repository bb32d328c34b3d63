"""Texts of the processes and their versions."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "studio.title": ("流程定义", "Process definitions"),
    "studio.lead": (
        "流程图、决策表和表单一并部署；办理中的案件保持开始时的版本。",
        "Diagram, tables and forms are deployed together; a running case keeps its version.",
    ),
    "studio.name": ("名称", "Name"),
    "studio.process": ("流程编号", "Process id"),
    "studio.version": ("版本", "Version"),
    "studio.version_number": ("第 {version} 版", "Version {version}"),
    "studio.deployed": ("部署时间", "Deployed"),
    "studio.digest": ("内容摘要", "Digest"),
    "studio.empty": ("还没有部署流程", "No process has been deployed"),
    "studio.diagram": ("流程图", "Diagram"),
    "studio.download": ("下载 BPMN 文件", "Download BPMN"),
    "studio.files": ("本版文件", "Files of this version"),
    "studio.export": ("导出压缩包", "Export (zip)"),
    "studio.roll_back": ("回退到第 {version} 版", "Go back to version {version}"),
    "studio.roll_back_lead": (
        "第 {version} 版的内容将成为第 {next} 版，用于今后登记的案件；办理中的案件不变。",
        "Version {version} becomes version {next} for new cases; running cases keep theirs.",
    ),
    "studio.rolled_back": ("已回退，现行第 {version} 版", "Done; version {version} is in force"),
}
