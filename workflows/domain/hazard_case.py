"""The living case of one command: document, deadlines and what they rest on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any

from engine.errors import Incident
from engine.operations import OWN
from engine.ports import JsonMap
from workflows.domain import deadline_json, deadlines, designed_fields, instants, listing_dates
from workflows.domain import enforcement_dates as enforcement
from workflows.domain import extension_requests as requests
from workflows.domain import interview_dates as interview
from workflows.domain import interview_entries as entries
from workflows.domain.deadline import Deadline
from workflows.domain.deadlines import Basis, Start
from workflows.domain.document_format import upgraded
from workflows.domain.levels import EXITS
from workflows.domain.state import state_of

POLICY = ("rectification", "final")
"""Kinds whose expiry makes a case overdue; the date of an order opens enforcement."""

ENTERPRISE_DATES = ("rectification", "order")

DUTIES_OF_EXPIRY = ("interview", "interview_report")
"""What an expiry brings about. It outlives paper and strike-off: what has arisen does not lapse."""


class HazardCase:
    """A hazard from registration to its exit. Everything here is plain data and rules."""

    def __init__(
        self, case_id: str, agency: str, data: JsonMap, basis: Callable[[JsonMap], Basis]
    ) -> None:
        """Take the stored document; the basis is read only if a date is computed."""
        self.id = case_id
        self.ledger: Mapping[str, Any] | None = None
        """What its row of the ledger says; None while it has none."""
        self.agency = agency
        document = upgraded(data)
        self.data = {key: value for key, value in document.items() if key != "deadlines"}
        self.deadlines = [Deadline.from_json(one) for one in document.get("deadlines", ())]
        self._stored: Sequence[JsonMap] = document.get("deadlines", ())
        self._basis = basis

    @cached_property
    def basis(self) -> Basis:
        """Rule set of the case's beginning and calendar of today."""
        return self._basis(self.data)

    @property
    def document(self) -> JsonMap:
        """The document as it is stored."""
        return self.data | {"deadlines": [deadline_json.as_json(one) for one in self.deadlines]}

    @property
    def phase(self) -> str:
        """Where the case stands, before the precedence of states."""
        return str(self.data["phase"])

    @property
    def level(self) -> str:
        """The confirmed level; raises Incident before there is one."""
        level = self.data["level"]
        if level is None:
            raise Incident("Expected a confirmed level, but there is none", "尚未核定隐患等级")
        return str(level)

    @property
    def round(self) -> int:
        """Which paper is in force: 0 before the first, 2 after a re-grading upward."""
        return int(self.data["round"])

    @property
    def closed(self) -> bool:
        """Return whether the case has left by an exit."""
        return self.phase in EXITS

    @property
    def state(self) -> str:
        """The one state by precedence."""
        undated = any(
            self.final_state(one) == interview.FIX for one in self.data["interviews"][-1:]
        )
        return state_of(self.data, self.overdue_since is not None, undated=undated)

    @property
    def found_at(self) -> datetime:
        """When the hazard was found: T0, which starts the authority's own duties."""
        return instants.stored(self.data["found_at"])

    def body(self, name: str) -> str:
        """Return the id of a body that answers for the case, by its part in it."""
        return str(self.data["bodies"][name])

    def enter(self, phase: str) -> None:
        """Go to a phase."""
        self.data["phase"] = phase

    # ---------------------------------------------------------------- dates

    def of_kind(self, *kinds: str) -> Iterator[Deadline]:
        """Yield the deadlines of some kinds that belong to the paper in force."""
        return (d for d in self.deadlines if d.kind in kinds and d.round == self.round)

    def running(self, *kinds: str) -> Deadline | None:
        """Return the awaited deadline of some kinds, if there is one."""
        return next((d for d in self.of_kind(*kinds) if d.running), None)

    @property
    def expired(self) -> Deadline | None:
        """The last expired policy date of the paper in force."""
        found = [d for d in self.of_kind(*POLICY) if d.state == "expired"]
        return found[-1] if found else None

    @property
    def overdue_since(self) -> datetime | None:
        """Since when the enterprise is late; None after it was found or reported done."""
        expired = self.expired
        return expired.expired_at if expired else None

    def start(self, kind: str, begin: Start, printed: date | None = None) -> Deadline:
        """Start a deadline of the paper in force."""
        deadline = deadlines.start(self.basis, kind, begin, len(self.deadlines) + 1, printed)
        self.deadlines.append(deadline)
        return deadline

    def store_deadlines(self) -> list[tuple[Deadline, JsonMap, JsonMap | None]]:
        """Return the deadlines that differ from what is stored, as they are and as it stood.

        From now on they stand as they are: they are put into words once for both.
        """
        stored = [*self._stored, *[None] * (len(self.deadlines) - len(self._stored))]
        now = [deadline_json.as_json(one) for one in self.deadlines]
        found = zip(self.deadlines, now, stored, strict=True)
        self._stored = now
        return [(deadline, new, old) for deadline, new, old in found if old != new]

    def begin(self, at: datetime, actor: str, recorded_at: datetime) -> Start:
        """Return the start of a clock of this case."""
        return Start(at, actor, recorded_at, self.level, self.round)

    def due(self, name: str, token: Mapping[str, Any]) -> datetime | None:
        """Return the instant that `due("name")` waits for; None while there is none."""
        dates: dict[str, Callable[[], datetime | None]] = {
            "rectification": self._rectification,
            "expiry_recheck": self._expiry_recheck,
            "plan.lapsed": self._plan_lapsed,
            "listing.progress": lambda: instants.optional(self.data["listing"]["progress_due"]),
            "listing.missed": lambda: listing_dates.missed(self.data["listing"], self.basis.rules),
            "listing.ended": self._listing_ended,
            "extension.resubmit": lambda: requests.resubmit_due(self.data, token),
            "extension.lapsed": lambda: requests.lapsed_at(self.data, token),
            "extension.answer_lapsed": lambda: requests.answer_lapsed_at(self.data, token),
            "enforcement": lambda: enforcement.due(self.data, self.deadlines, token),
            "enforcement.settled": lambda: enforcement.settled(self.data, self.deadlines, token),
            "interview": lambda: entries.duty_due(self.data, self.deadlines, token),
            "interview.relieved": lambda: interview.relieved(self.data, self.deadlines, token),
            "interview.decision": lambda: self._decision_due(token),
            "interview.final_gone": lambda: self._since_minutes(token, *interview.NOT_OWED),
            "interview.host": lambda: entries.host_due(self.data, token, self._confirm_days),
        }
        if name.startswith(OWN):
            row = self.data.get("own_dates", {}).get(name.removeprefix(OWN), {})
            return instants.optional(row.get("due_at"))
        if name not in dates:
            raise Incident(f"Expected a known date, but it is {name!r}", f"未知的期限 {name}")
        return dates[name]()

    def awaited(self) -> list[Deadline]:
        """Return the dates of the enterprise whose clock runs now, the earliest first.

        A report of completion holds a date, save where it no longer stops the clock. A final
        date is withheld while a timely request waits for the authority: no penalty step then.
        """
        found = (d for d in self.of_kind(*ENTERPRISE_DATES, "final") if d.state == "live")
        withheld = ("final",) if requests.timely_pending(self.data) else ()
        return sorted((d for d in found if d.kind not in withheld), key=lambda d: d.due_at)

    def final_state(self, entry: Mapping[str, Any]) -> str:
        """Return whether an interview owes a final date: `open`, `fix` or `done`."""
        return interview.final_state(self.data, list(self.of_kind(*POLICY)), entry)

    def _decision_due(self, token: Mapping[str, Any]) -> datetime | None:
        """By when a silent signatory decides; at once where none must and the rest is certain."""
        due = interview.decision_due(self.data, self.deadlines, token)
        return due or self._since_minutes(token, *interview.CERTAIN)

    def _since_minutes(self, token: Mapping[str, Any], *states: str) -> datetime | None:
        """The instant of the minutes, which has passed, where the final date is in some states."""
        entry = entries.find(self.data, token)
        if entry["held"] is None or self.final_state(entry) not in states:
            return None
        return instants.stored(entry["held"]["recorded_at"])

    def _rectification(self) -> datetime | None:
        awaited = self.awaited()
        return awaited[0].due_at if awaited else None

    def _plan_lapsed(self) -> datetime | None:
        """Since when a hazard lowered from major owes neither plan nor public notice."""
        lowered = [one["at"] for one in self.data["grading"] if one["act"] == "level.lower"]
        return instants.optional(lowered[-1]) if lowered and self.level != "major" else None

    def _listing_ended(self) -> datetime | None:
        listing = self.data["listing"]
        ended = (listing["ended"] or {}).get("at") or listing.get("withdrawn_at")
        return instants.optional(ended)

    @property
    def _confirm_days(self) -> int:
        return self.basis.rules.whole("interview.host_confirm_days")

    def _expiry_recheck(self) -> datetime | None:
        """The last expiry, as long as nobody has looked since."""
        since = self.overdue_since
        if since is None:
            return None
        looked = (instants.stored(recheck["at"]) for recheck in self.data["rechecks"])
        return None if any(at >= since for at in looked) else since

    # ---------------------------------------------------------------- view

    def view(self) -> Mapping[str, Any]:
        """Return what expressions read as `case`."""
        data, listing = self.data, self.data["listing"]
        enterprise = data["enterprise"]
        return {
            "level": data["level"],
            "proposed_level": data["proposed_level"],
            "phase": data["phase"],
            "state": self.state,
            "enterprise": {key: enterprise[key] for key in ("id", "size_class", "industry")},
            "in_park": enterprise["park"] is not None,
            "category": data["category"],
            "imminent": data["imminent"],
            "criterion": data["criterion"],
            "source": data["source"],
            "plan_submitted": data["plan_submitted"],
            "notice_posted": data["notice"] is not None,
            "listed": listing["grade"] > 0,
            "listing": {key: listing[key] for key in ("grade", "to_publish", "published")},
            "extension_pending": data["extension_pending"],
            "answer_owed": requests.timely_pending(data),
            "extension": requests.view(data),
            "overdue": self.overdue_since is not None,
            "interview": entries.view(data),
            "order_kind": (data["order"] or {}).get("kind"),
            "round": data["round"],
            "ext": designed_fields.view(data),
        }
