"""Texts of the ledger and of an enterprise's own cases."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "ledger.title": ("隐患台账", "Hazard ledger"),
    "ledger.mine": ("我的隐患", "My cases"),
    "ledger.count": ("共 {count} 条", "{count} in all"),
    "ledger.file": ("隐患台账", "hazard-ledger"),
    "ledger.search_hint": (
        "编号、单位、描述、位置、人员",
        "Number, body, description, place, person",
    ),
    "ledger.all_filters": ("按任一字段筛选", "Filter by any field"),
    "ledger.apply": ("筛选", "Apply"),
    "ledger.in_force": ("正在使用的筛选条件", "Filters in use"),
    "ledger.take_off": ("取消此条件", "Remove this filter"),
    "ledger.take_all_off": ("全部取消", "Remove all"),
    "ledger.empty_value": ("（空）", "(empty)"),
    "ledger.filled_value": ("已填", "Filled in"),
    "ledger.joined": ("、", ", "),
    "ledger.from": ("从", "from"),
    "ledger.to": ("至", "to"),
    "ledger.whether": ("是否已填", "filled in or not"),
    "ledger.excel": ("导出 Excel", "Excel"),
    "ledger.csv": ("导出 CSV", "CSV"),
    "ledger.columns": ("显示列", "Columns"),
    "ledger.columns_keep": ("保存", "Save"),
    "ledger.columns_reset": ("恢复默认", "Default columns"),
    "ledger.columns_kept": ("显示列已保存", "The columns are saved"),
    "ledger.empty": ("没有符合条件的隐患", "No hazard fits"),
    "ledger.empty_text": ("换一个条件再查。", "Try other filters."),
    "ledger.none_yet": ("还没有隐患", "No hazards yet"),
    "ledger.none_yet_text": (
        "登记后，每一步办理情况都会显示在这里。",
        "Once one is registered, every step of it shows here.",
    ),
    "ledger.open_only": ("未办结", "Open"),
    "ledger.closed_only": ("已办结", "Closed"),
    "filter.flag": ("标记", "Flag"),
    "filter.open": ("办理情况", "Progress"),
}
