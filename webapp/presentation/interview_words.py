"""The interview in words: its hosts, why one of them, what it still lacks."""

from __future__ import annotations

from webapp.i18n.catalogue import Text

STEPS = ("propose", "confirm", "schedule", "hold", "report", "talk", "done", "lapsed")
"""What an interview waits for, in order; the last two wait for nothing."""

MATRIX: dict[str, Text] = {
    "same_hazard": ("同一隐患再次逾期", "the same hazard is overdue again"),
    "refusal": (
        "曾拒收文书或拒绝在约谈纪要上签字",
        "the paper was refused, or earlier minutes were not signed",
    ),
    "no_show": ("此前约谈缺席", "nobody came to an earlier interview"),
    "extension_expired": ("延期届满仍未完成", "an extended date has passed"),
    "fatality": ("关联死亡事故", "linked with a fatal accident"),
    "major": ("重大隐患首次逾期", "major hazard, overdue for the first time"),
    "larger_again": (
        "较大隐患，企业 90 天内另有逾期",
        "larger hazard of an enterprise that was overdue within 90 days",
    ),
    "larger": ("较大隐患首次逾期", "larger hazard, overdue for the first time"),
    "general": (
        "一般隐患，企业 90 天内第三次逾期",
        "general hazard, third overdue of the enterprise within 90 days",
    ),
}
"""Why the table names a host, by the reason that it gives."""

PARTS: dict[str, Text] = {
    "park_command": ("园区指挥部", "the park command"),
    "industry_department": ("行业主管部门", "the industry department"),
    "leader_incharge": ("分管领导", "the leader in charge"),
}
"""Who owes a signature."""

LATE_NOTES = {
    "recheck_late": "interview.late_recheck",
    "resumed": "interview.late_resumed",
}
"""Why nobody is to blame for a late interview, by the reason on record."""
