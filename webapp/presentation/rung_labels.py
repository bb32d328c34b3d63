"""What the history calls each rung: who was reminded, stood in, or told of a task that waits."""

from __future__ import annotations

from webapp.i18n.catalogue import Text

RUNGS: dict[str, Text] = {
    "remind": ("催办提醒：办理时限", "Reminder of the service limit"),
    "deputy": ("超时升级：已通知副职", "Late: the deputies are told"),
    "again": ("超时：已再次催办", "Late: reminded once more"),
    "leader_and_office": (
        "超时升级：已报分管领导和区安办",
        "Late: the leader in charge and the safety office are told",
    ),
    "principal_and_office": (
        "超时升级：已报区主要领导和区安办",
        "Late: the principal leader and the safety office are told",
    ),
    "may_extend": (
        "提醒企业：可申请延期",
        "The enterprise is told that it may ask for an extension",
    ),
}
"""Rungs of the ladder of a task that waits; reminders before a date count their days."""
