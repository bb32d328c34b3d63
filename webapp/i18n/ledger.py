"""Texts of the ledger and of an enterprise's own cases."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "ledger.title": ("隐患台账", "Hazard ledger"),
    "ledger.mine": ("我的隐患", "My cases"),
    "ledger.count": ("共 {count} 条", "{count} in all"),
    "ledger.number": ("编号", "Number"),
    "ledger.level": ("等级", "Level"),
    "ledger.state": ("状态", "State"),
    "ledger.enterprise": ("企业", "Enterprise"),
    "ledger.description": ("隐患描述", "Description"),
    "ledger.place": ("园区 / 部门", "Park / department"),
    "ledger.found": ("发现日期", "Found"),
    "ledger.due": ("整改期限", "Rectify by"),
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
