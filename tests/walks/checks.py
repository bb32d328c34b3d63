"""What must hold of a case after every command, seen in the database and against the model."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

from engine.history.verify import verify_case
from tests.walks.calendar_days import end_of
from tests.walks.model import Model
from tests.walks.model_loop import STRIKING
from tests.walks.model_rows import ENTERPRISE, POLICY, Row
from tests.walks.seen import Process, Seen
from tests.walks.zone import Zone
from workflows.domain.case_schema import CaseSchema

_SCHEMA = CaseSchema()
_SIGNERS = {"park_command", "industry_department"}


class BrokenError(AssertionError):
    """Something that must hold does not."""


def expect(found: object, wanted: object, what: str) -> None:
    """Raise BrokenError where the case differs from what it must be."""
    if found != wanted:
        raise BrokenError(f"{what}: found {found}, but wanted {wanted}")


def check_all(seen: Seen, model: Model, now: datetime) -> None:
    """Check a case that has come to rest."""
    expect(seen.incidents, (), "incidents")
    tasks = sorted(((task.element, task.number) for task in seen.tasks), key=str)
    expect(tasks, model.tasks(), "open tasks")
    expect(seen.state, model.state(), "state")
    expect(seen.document["extension_pending"], model.extensions.pending, "pending")
    check_dates(seen.document, model)
    check_awaited(seen, model, now)
    check_instances(seen, model)
    check_requests(seen.document, model)
    check_duties(seen.document, model)
    publishing = [task.due_at for task in seen.tasks if task.element in ("publish", "publish_zone")]
    expect(publishing, [model.listing.publish_by()] * len(publishing), "publication due")


def check_dates(document: dict[str, Any], model: Model) -> None:
    """Compare every date of the enterprise; at most one is awaited of each paper."""
    rows = [row for row in document["deadlines"] if row["kind"] in ENTERPRISE]
    found = [(row["kind"], row["round"], row["state"], row["due_date"]) for row in rows]
    expect(found, [_of(row) for row in model.rows], "dates")
    for row, modelled in zip(rows, model.rows, strict=True):
        passed = end_of(modelled.expired_due) if modelled.expired_due else None
        expect(_instant(row["expired_at"]), passed, "expired at")
        if row["state"] == "expired":
            expect(_instant(row["recorded_at"]), modelled.recorded, "recorded at")
    if model.place in (*STRIKING, "struck_off"):
        expect(_instant(document["done_at"]), model.done_at, "done at")
    awaited = [row for row in rows if row["kind"] in POLICY and row["state"] in ("live", "held")]
    expect(len(awaited) <= 1, True, f"one awaited date, not {len(awaited)}")


def check_awaited(seen: Seen, model: Model, now: datetime) -> None:
    """The case is woken for the first date that anything waits for, and nothing is left due."""
    pending = [fire_at for fire_at, fired_at in seen.rungs if fired_at is None]
    expect([fire_at for fire_at in pending if fire_at <= now], [], "rungs not fired")
    dates = [] if model.over else [*model.dates(), *pending]
    wanted = min(dates, default=None)
    expect(seen.next_due, wanted.astimezone(UTC) if wanted else None, "next date")


def check_instances(seen: Seen, model: Model) -> None:
    """Whatever runs waits for somebody or something; whatever ended waits for nothing."""
    expect(seen.status, "closed" if model.over else "open", "status")
    by_instance = Counter(task.instance for task in seen.tasks)
    for one in seen.instances:
        if one.status == "live":
            _check_live(one, by_instance[one.id])
        else:
            expect(
                (by_instance[one.id], one.timers, _waits(one)), (0, [], []), f"end of {one.process}"
            )
    live = Counter(one.process for one in seen.instances if one.status == "live")
    expect(live["hazard_rectification"], int(not model.closed), "live root")
    expect(live["listed_supervision"] <= 1, True, "one listing")
    expect(live["level_raise"] <= 1, True, "one proposal to raise")
    expect(live["void_request"] <= 1, True, "one proposal to void")


def _check_live(one: Process, tasks: int) -> None:
    if not (tasks or one.timers or one.waits["messages"]):
        raise BrokenError(f"{one.process} is stuck: no task, no date, no message")


def _waits(one: Process) -> list[str]:
    return [*one.waits["messages"], *one.waits["signals"]]


def check_requests(document: dict[str, Any], model: Model) -> None:
    """No effect without the signatures; what is decided waits for nobody."""
    requests = document["extension_requests"]
    found = [(o["number"], o["status"], o["new_date"], _answer_lapsed(o)) for o in requests]
    modelled = model.extensions.all
    wanted = [(o.number, o.status, o.asked.isoformat(), o.answer_lapsed) for o in modelled]
    expect(found, wanted, "requests")
    for one in requests:
        if one["effective_at"] is not None:
            _check_signed(one)


def _answer_lapsed(one: dict[str, Any]) -> bool:
    return bool((one["order"] or {}).get("lapsed"))


def _check_signed(one: dict[str, Any]) -> None:
    standing = [signature for signature in one["signatures"] if signature["standing"]]
    needed = _SIGNERS | ({"leader_incharge"} if one["second"] else set())
    expect({signature["part"] for signature in standing}, needed, "signatures in force")
    expect({signature["decision"] for signature in standing}, {"agree"}, "decisions in force")
    expect(len({signature["by"] for signature in standing}), len(needed), "signing persons")
    asked = (one["new_date"], one["content_hash"])
    signed = {(signature["new_date"], signature["content_hash"]) for signature in standing}
    expect(signed, {asked}, "what was signed")


def check_duties(document: dict[str, Any], model: Model) -> None:
    """Every expiry has its interview, opened when it was recorded, dated from its own day."""
    rows = {row["number"]: row for row in document["deadlines"]}
    expect(len(document["interviews"]), len(model.interviews.all), "interviews")
    for entry, modelled in zip(document["interviews"], model.interviews.all, strict=True):
        expect(entry["kind"] == "talk", modelled.due is None, f"interview {entry['number']} a talk")
        expect(_instant(entry["opened_at"]), modelled.opened, "interview opened at")
        if modelled.due is not None:
            expect(
                date.fromisoformat(rows[entry["duty"]]["due_date"]), modelled.due, "interview due"
            )
            expect(bool(entry["late"]), modelled.late, f"interview {entry['number']} late")
    expect(len(document["listing"]["missed"]), model.listing.missed, "missed reports")
    entries = document["enforcements"]
    kept = [
        (one["mandatory"], one["decision"] is not None, bool(one["lapsed"]), {*_undone(one)})
        for one in entries
    ]
    wanted = [
        (one.mandatory, one.decided, one.lapsed, one.undone) for one in model.enforcements.all
    ]
    expect(kept, wanted, "enforcements")


def _undone(entry: dict[str, Any]) -> list[str]:
    """A measure that was left undone was not carried out as well."""
    return [name for name in entry["not_carried_out"] if entry[name] is None]


def check_record(zone: Zone, case: str, document: dict[str, Any]) -> None:
    """The document fits its schema, and the history was only ever added to."""
    expect(_SCHEMA.validate(document), {}, "document")
    with zone.database.read() as session:
        expect(verify_case(session, case), None, "history")


def decided(document: dict[str, Any]) -> object:
    """Return everything that somebody has to decide: silence must leave it alone."""
    return (
        [[s["decision"] for s in one["signatures"]] for one in document["extension_requests"]],
        [one["effective_at"] for one in document["extension_requests"]],
        [one["held"] for one in document["interviews"] if one["held"]],
        [one["decision"] for one in document["enforcements"] if one["decision"]],
        (document["phase"], document["level"], document["done_at"], document["strike_offs"]),
        document["raise_proposals"],
        document["void_proposal"],
    )


def _of(row: Row) -> tuple[str, int, str, str]:
    return (row.kind, row.round, row.state, row.due.isoformat())


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
