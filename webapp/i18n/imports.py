"""Texts of importing a ledger."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "import.title": ("导入台账", "Import a ledger"),
    "import.lead": (
        "先整份检查，不写入任何内容；有一处错误则一行也不导入。确认后逐行登记，重复导入不会增加。",
        (
            "The whole file is checked first and nothing is written; with one mistake no row is "
            "imported. Once you confirm, each row is registered; importing it again adds nothing."
        ),
    ),
    "import.file": (
        "台账文件（.xlsx 或 .csv，不超过 50 MB）",
        "Ledger (.xlsx or .csv, up to 50 MB)",
    ),
    "import.check": ("上传并检查", "Upload and check"),
    "import.template": ("下载模板", "Download a template"),
    "import.template_file": ("隐患台账模板", "ledger-template"),
    "import.report_file": ("导入报告", "import-report"),
    "import.required": ("必填列", "Required columns"),
    "import.optional": ("选填列", "Optional columns"),
    "import.headings": (
        "表头可以在前十行中的任意一行；其他列不读取。合并的单元格按每行都有同样内容处理。",
        (
            "The headings may stand in any of the first ten lines; other columns are not read. "
            "A merged cell counts for each of its rows."
        ),
    ),
    "import.recent": ("最近的导入", "Recent imports"),
    "import.none": ("还没有导入过", "Nothing imported yet"),
    "import.when": ("上传时间", "Sent"),
    "import.state": ("状态", "State"),
    "import.counts": ("结果", "Result"),
    "import.state.waiting": ("等待检查", "Waiting to be checked"),
    "import.state.checking": ("正在检查", "Being checked"),
    "import.state.refused": ("有错误，未导入", "Refused: nothing was imported"),
    "import.state.ready": ("检查通过，待确认", "Checked, to be confirmed"),
    "import.state.adding": ("正在导入", "Being imported"),
    "import.state.done": ("已导入", "Imported"),
    "import.state.withdrawn": ("已放弃", "Dropped"),
    "import.rows": ("行数", "Rows"),
    "import.known": ("已有", "Already there"),
    "import.new": ("将新增", "To be added"),
    "import.added": ("已新增", "Added"),
    "import.faults": ("错误", "Mistakes"),
    "import.progress": ("进度", "Progress"),
    "import.of_rows": ("{done} / {rows} 行", "{done} of {rows} rows"),
    "import.wait": (
        "可以离开本页，稍后回来查看；关闭浏览器或重启服务都不会中断。",
        (
            "You may leave this page and come back; closing the browser or restarting the server "
            "does not stop it."
        ),
    ),
    "import.wrong": ("错误明细", "What is wrong"),
    "import.more": (
        "另有 {count} 处未在此列出，请下载报告。",
        "{count} more {count:is|are} not shown here; download the report.",
    ),
    "import.line": ("行", "Line"),
    "import.column": ("列", "Column"),
    "import.reason": ("原因", "Reason"),
    "import.report": ("下载报告（CSV）", "Download the report (CSV)"),
    "import.confirm": ("确认导入", "Import"),
    "import.withdraw": ("放弃", "Drop it"),
    "import.again": ("更正后重新上传", "Correct it and send it again"),
    "import.to_ledger": ("查看台账", "See the ledger"),
}
