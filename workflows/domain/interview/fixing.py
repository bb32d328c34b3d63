"""The final date where the interview could fix none: a request was undecided, and then it died."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import Conflict
from engine.ports import Completion, Context, TaskFacts
from workflows.domain import interview_dates as dates
from workflows.domain import interview_entries as entries
from workflows.domain import interview_hosts as hosts
from workflows.domain import notifications
from workflows.domain.candidates import of_enterprise
from workflows.domain.hazard_case import HazardCase
from workflows.domain.interview import afterwards, awaiting, holding, minutes
from workflows.domain.town_words import of_case


def fixed(
    case: HazardCase, task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take the final date from whoever held the interview; it runs as one of the minutes does."""
    entry = entries.find(case.data, task.token)
    holding.check_entitled(case, task, context)
    if case.final_state(entry) != dates.FIX:
        raise Conflict(
            "Expected an interview that still owes a final date, but it owes none",
            "现不需要确定最终期限",
        )
    day = minutes.final_day(case, data.get("final_date"), context.now, context)
    held = {
        **entry["held"],
        "final_date": day.isoformat(),
        "final_until": minutes.last_day(case, context.now).isoformat(),
        "fixed": {"at": context.now.isoformat(), "by": context.actor.id},
    }
    entry = entries.change(case.data, entry, held=held)
    afterwards.start_final(case, held, context)
    _tell(case, entry, context)
    return Completion({"watch": awaiting.state(case, task.token)}, None)


def _tell(case: HazardCase, entry: Mapping[str, Any], context: Context) -> None:
    day = entry["held"]["final_date"]
    kept = {"interview": entry["number"], "host": entry["host"], "final_date": day}
    context.journal.record("interview.final_fixed", kept)
    number, (who_zh, who) = case.data["number"], of_case(hosts.NAMES[entry["host"]], case.data)
    news = notifications.News(
        "interview.final_fixed",
        f"{number} 延期未获同意，{who_zh}确定最终期限 {day}；不消除逾期",
        f"{number}: no extension came about; {who} fixes {day} as the final date",
    )
    notifications.tell(case, of_enterprise(case), news, context)
