"""The road of a request: asked, signed by each, in force, filed; who stands where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from webapp.cases.panel_words import PanelWords
from webapp.presentation.naming import spoken
from webapp.presentation.remaining import Remaining, remaining
from workflows.domain import extension_requests as requests
from workflows.domain.signature_dates import given_way

DONE, WAITS, FAILED, AHEAD = "done", "waits", "failed", "ahead"
PARTS = ("park_command", "industry_department")
LEADER = "leader_incharge"
_DECIDED = {
    "agree": (DONE, "extension.agreed"),
    "refuse": (FAILED, "extension.refused"),
    "return": (FAILED, "extension.returned"),
}


@dataclass(frozen=True)
class Stop:
    """One stop of the road: who, what became of it, when, how long it still has."""

    name: str
    state: str
    words: str
    lines: Sequence[str] = ()
    opinion: str = ""
    left: Remaining | None = None

    @property
    def lang(self) -> str:
        """The language of the opinion."""
        return spoken(self.opinion)

    @property
    def told(self) -> list[tuple[str, str]]:
        """The lines, each with its language."""
        return [(line, spoken(line)) for line in self.lines]


Request = Mapping[str, Any]


def road(request: Request, words: PanelWords) -> list[list[Stop]]:
    """Return the stops; those beside one another are open at the same time."""
    found = [
        [_asked(request, words)],
        [_signatory(part, words.body(part), request, words) for part in PARTS],
    ]
    if request["second"]:
        leader = words.say("panel.leader")
        found.append([_signatory(LEADER, leader, request, words)])
    found.append([_effect(request, words)])
    found.append([*_issuer(request, words), _filing(request, words)])
    return found


def missing(request: Request) -> list[str]:
    """Return the parts whose signature a pending request waits for."""
    if request["status"] != "pending":
        return []
    signed = {one["part"] for one in requests.signatures(request) if one["standing"]}
    open_parts = [part for part in PARTS if part not in signed]
    return open_parts or ([LEADER] if request["second"] and LEADER not in signed else [])


def last_word(request: Request, part: str) -> Request | None:
    """Return what a part said last on the present wording; voided words too."""
    found = [one for one in requests.signatures(request) if one["part"] == part]
    return found[-1] if found else None


def sign_due(part: str, words: PanelWords) -> datetime | None:
    """Return until when a part owes its signature."""
    name = "leaders" if part == LEADER else part
    body = words.document["bodies"].get(name)
    owed = [d for d in words.deadlines if (d.kind, d.body) == ("sign", body)]
    former = given_way(words.deadlines)
    running = [former.get(d.number, d) for d in owed if d.running]
    return running[-1].due_at if running else None


def _asked(request: Request, words: PanelWords) -> Stop:
    resent = [
        words.say("extension.resent_at", at=words.at(one["at"])) for one in request["resubmissions"]
    ]
    lines = [words.person(request["by"]), words.at(request["at"]), *resent]
    name = words.say("extension.step_request")
    if request["status"] != "returned":
        return Stop(name, DONE, words.say("extension.filed"), lines)
    due = datetime.fromisoformat(request["resubmit_due"])
    left = remaining(due, words.now, words.language)
    return Stop(name, WAITS, words.say("extension.waiting_resend"), lines, left=left)


def _signatory(part: str, name: str, request: Request, words: PanelWords) -> Stop:
    said = last_word(request, part)
    if said is not None:
        return _signed(name, said, words)
    if part in missing(request):
        due = sign_due(part, words)
        left = remaining(due, words.now, words.language) if due else None
        return Stop(name, WAITS, words.say("extension.waiting"), left=left)
    if request["status"] == "pending":
        return Stop(name, AHEAD, words.say("extension.after_two"))
    return Stop(name, AHEAD, words.say("extension.not_signed"))


def _signed(name: str, said: Request, words: PanelWords) -> Stop:
    state, key = _DECIDED[said["decision"]]
    lines = [words.person(said["by"], said["acting_for"]), words.at(said["at"])]
    if said["decision"] == "agree" and not said["standing"]:
        return Stop(name, AHEAD, words.say("extension.voided"), lines)
    # An opinion stands on the paper that is handed to the applicant, so it is no internal one.
    return Stop(name, state, words.say(key), lines, said["opinion"] or "")


def _effect(request: Request, words: PanelWords) -> Stop:
    name = words.say("extension.step_effect")
    if request["effective_at"]:
        undone = request.get("undone_at")
        key = "extension.upheld" if undone else "extension.in_force"
        lines = [words.at(undone or request["effective_at"])]
        return Stop(name, FAILED if undone else DONE, words.say(key), lines)
    if request["status"] in requests.OPEN:
        return Stop(name, AHEAD, words.say("extension.upon_signature"))
    said = words.say(f"extension.status_{request['status']}")
    return Stop(name, FAILED, said, [words.at(request["decided_at"])])


def _issuer(request: Request, words: PanelWords) -> Iterator[Stop]:
    order = request["order"]
    if order is None:
        return
    name = words.say("extension.step_issuer")
    if order["decision"] is None:
        yield _unanswered(name, request, words)
        return
    agreed = order["decision"] == "agree"
    key = "extension.reply_agree" if agreed else "extension.reply_refuse"
    lines = [words.person(order["answered_by"]), words.at(order["at"])]
    opinion = order["opinion"] or ""
    yield Stop(name, DONE if agreed else FAILED, words.say(key), lines, opinion)


def _unanswered(name: str, request: Request, words: PanelWords) -> Stop:
    if request in requests.awaiting_issuer(words.document):
        return Stop(name, WAITS, words.say("extension.waiting_reply"))
    lapsed = request["order"].get("lapsed")
    if lapsed:
        said = words.say("extension.answer_lapsed")
        return Stop(name, AHEAD, said, [words.at(lapsed["at"])])
    return Stop(name, AHEAD, words.say("extension.not_answered"))


def _filing(request: Request, words: PanelWords) -> Stop:
    name, filing = words.say("extension.step_file"), request["filing"]
    if request.get("undone_at"):
        lines = [words.at(request["undone_at"])]
        return Stop(name, FAILED, words.say("extension.not_filed"), lines)
    if filing is None:
        return Stop(name, AHEAD, words.say("extension.after_effect"))
    if filing["register_number"]:
        number = filing["register_number"]
        lines = [number, words.person(filing["registered_by"]), words.at(filing["at"])]
        return Stop(name, DONE, words.say("extension.registered"), lines)
    row = words.row(filing["deadline"])
    owed = row is not None and row.running
    left = remaining(row.due_at, words.now, words.language) if row and owed else None
    return Stop(name, WAITS, _unfiled(filing, words), left=left)


def _unfiled(filing: Request, words: PanelWords) -> str:
    objection = filing["objection"]
    if objection is not None and objection["decided_at"] is None:
        return words.say("extension.objected")
    if filing["returns"] and not filing["returns"][-1].get("amended_at"):
        return words.say("extension.file_returned")
    return words.say("extension.waiting_file")
