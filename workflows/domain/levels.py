"""Levels, phases and states of a hazard, with their names; the words never change."""

from __future__ import annotations

LEVELS = ("general", "larger", "major")
LEVEL_NAMES = {
    "general": ("一般隐患", "general"),
    "larger": ("较大隐患", "larger"),
    "major": ("重大隐患", "major"),
}
EXITS = ("struck_off", "voided", "transferred", "shut_down")
ENDING_DUTIES = ("voided", "transferred", "shut_down")
"""Exits that take along what an expiry has brought about; strike-off leaves it as it is."""

ACTIVE = ("planning", "rectifying", "rechecking", "striking_off")
"""Phases in which a paper is in force."""

PHASES = ("registered", "grading", "ordered", *ACTIVE, *EXITS)
STATE_NAMES = {
    "registered": ("已登记", "registered"),
    "grading": ("定级中", "grading"),
    "ordered": ("待送达", "to be served"),
    "planning": ("制定方案", "planning"),
    "rectifying": ("整改中", "rectifying"),
    "overdue_pending": ("逾期（待批）", "overdue, request pending"),
    "overdue": ("逾期", "overdue"),
    "interviewed": ("已约谈", "interviewed"),
    "rechecking": ("复查中", "rechecking"),
    "striking_off": ("销号中", "striking off"),
    "struck_off": ("已销号", "struck off"),
    "voided": ("误报更正", "voided"),
    "transferred": ("已移交", "transferred"),
    "shut_down": ("关停销号", "shut down"),
}
OVERDUE_STATES = ("overdue", "overdue_pending", "interviewed")

CATEGORIES = {"person": "人的不安全行为", "object": "物的不安全状态", "management": "管理缺陷"}

_SHOWN = {
    "self": ("自查", "self-inspection"),
    "assigned": ("上级交办", "assigned from above"),
}
INSPECTION = "inspection"
_INSPECTIONS = ("department", "town", "expert", "report_transferred", INSPECTION)
SOURCES = ("self", "assigned", *_INSPECTIONS)


def kept_source(source: str) -> str:
    """Return what a case keeps of an origin: every inspection alike, so none names a report."""
    return INSPECTION if source in _INSPECTIONS else source


def origin_shown(source: str) -> tuple[str, str]:
    """Return the origin as every page, paper and export outside the vault shows it."""
    return _SHOWN.get(source, ("监督检查", "inspection"))


def rank(level: str) -> int:
    """Return the place of a level, the gravest highest."""
    return LEVELS.index(level)
