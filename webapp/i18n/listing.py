"""Texts of listed supervision."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "panel.listing": ("挂牌督办", "Listed supervision"),
    "listing.grade_1": ("一级（园区）", "Grade 1 (park)"),
    "listing.grade_2": ("二级（区级）", "Grade 2 (zone)"),
    "listing.status_to_publish": ("待公布", "To be published"),
    "listing.status_up": ("已公布", "Published"),
    "listing.status_to_remove": ("待摘牌", "To be taken off"),
    "listing.status_removed": ("已摘牌", "Taken off"),
    "listing.again": (
        "此前公布的仍有效，新的督办公布之后以新公布的为准。",
        "What was published before stands until the new notice is out.",
    ),
    "listing.grounds": ("挂牌理由", "Grounds"),
    "listing.ground": ("{ground}（{day}）", "{ground} ({day})"),
    "listing.ground_major_confirmed": ("确认为重大隐患", "Confirmed as major"),
    "listing.ground_on_extension": ("延期生效", "An extension in force"),
    "listing.ground_on_overdue_major": ("重大隐患逾期", "A major hazard overdue"),
    "listing.ground_by_order": ("领导批示", "Ordered by a leader"),
    "listing.body": ("督办单位", "Supervising body"),
    "listing.finish_by": ("治理完成日", "To be finished by"),
    "listing.frequency": ("进展报告频次", "Progress reports"),
    "listing.missed": ("到期未报告", "Reports missed"),
    "listing.next_report": ("下次报告", "Next report by"),
    "listing.basis": ("督办依据", "Basis"),
    "listing.reports": ("治理进展报告", "Reports of progress"),
    "listing.no_reports": ("尚无进展报告。", "No report of progress yet."),
    "listing.percent": ("完成 {percent}%", "{percent}% done"),
    "listing.proxy": ("督办单位代写", "Written by the supervising body"),
    "listing.noted": ("已阅知", "Noted"),
    "listing.not_noted": ("待阅知", "To be noted"),
}
