"""An extension as all sides see it: asked, signed, missing, filed, and if nobody acts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from webapp.cases.extension_road import (
    LEADER,
    PARTS,
    Request,
    Stop,
    last_word,
    missing,
    road,
)
from webapp.cases.panel_words import Link, PanelWords
from webapp.presentation import labels
from webapp.presentation.facts import Fact
from webapp.presentation.naming import spoken
from webapp.presentation.remaining import end_words
from workflows.domain import extension_requests as requests

TONES = {
    "pending": "warning",
    "returned": "warning",
    "effective": "done",
    "refused": "danger",
    "lapsed": "danger",
}
SHORT = 12
"""Digits of the fingerprint that are shown."""

_RUNGS = ("remind", "deputy", "leader_and_office", "principal_and_office")


@dataclass(frozen=True)
class Milestone:
    """A step that the enterprise promises by a day."""

    what: str
    lang: str
    by: str


@dataclass(frozen=True)
class ExtensionPanel:
    """One request in words."""

    number: int
    undecided: bool
    title: str
    status: str
    tone: str
    tags: Sequence[str]
    dates: str
    days: str
    road: Sequence[Sequence[Stop]]
    notes: Sequence[str]
    silence: Sequence[str]
    asked: Sequence[Fact]
    milestones: Sequence[Milestone]
    evidence: Sequence[Link]
    proof: Sequence[Link]
    hash: str


def extension_panels(words: PanelWords) -> list[ExtensionPanel]:
    """Return the requests of a case, the latest first."""
    found = reversed(words.document.get("extension_requests") or ())
    return [_panel(request, words) for request in found]


def _panel(request: Request, words: PanelWords) -> ExtensionPanel:
    status = "undone" if request.get("undone_at") else request["status"]
    days = date.fromisoformat(request["new_date"]) - date.fromisoformat(request["original_due"])
    old, new = words.day(request["original_due"]), words.day(request["new_date"])
    return ExtensionPanel(
        number=request["number"],
        undecided=request["status"] in requests.OPEN,
        title=words.say("extension.title", number=request["number"]),
        status=words.say(f"extension.status_{status}"),
        tone=TONES.get(status, "quiet"),
        tags=list(_tags(request, words)),
        dates=words.say("extension.from_to", old=old, new=new),
        days=words.say("extension.days", days=days.days),
        road=road(request, words),
        notes=list(_notes(request, words)),
        silence=list(_silence(request, words)),
        asked=_asked(request, words),
        milestones=[
            Milestone(
                one["what"],
                spoken(one["what"]),
                words.say("extension.until", day=words.day(one["date"])),
            )
            for one in request["milestones"]
        ],
        evidence=words.links(request["evidence"]),
        proof=words.links((request["milestone_proof"] or {}).get("evidence")),
        hash=request["content_hash"][:SHORT],
    )


def _tags(request: Request, words: PanelWords) -> Iterator[str]:
    late = request["timeliness"] != "timely"
    yield words.say("extension.late" if late else "extension.timely")
    if request["second"]:
        yield words.say("extension.second")
    if request["late_approval"]:
        yield words.say("extension.late_approval")
    if requests.is_unfiled(request):
        yield words.say("extension.unfiled")


def _asked(request: Request, words: PanelWords) -> list[Fact]:
    proof = request["milestone_proof"] or {}
    rest = words.say("extension.rest_day") if request.get("rest_day") else ""
    short = words.facts(
        {
            "extension.ground": labels.label(labels.GROUNDS, request["ground"], words.language),
            "extension.dates": rest,
        }
    )
    said = {
        "extension.reason": request["reason"],
        "extension.measures": request["interim_measures"],
        "extension.opinion": request["expert_opinion"] or "",
        "extension.proof": proof.get("what", ""),
    }
    return [*short, *words.facts(said, whole=said)]


_LAPSED = {
    requests.EXPIRED: "extension.note_lapsed_expired",
    requests.RECTIFIED: "extension.note_lapsed_rectified",
    requests.UNDONE: "extension.note_lapsed_undone",
}


def _notes(request: Request, words: PanelWords) -> Iterator[str]:
    original = words.day(request["original_due"])
    if request["status"] == "returned":
        until = words.day(request["resubmit_day"])
        by = _who_said("return", request, words)
        yield words.say("extension.note_returned", body=by, until=until)
    if request.get("lapse_cause") in _LAPSED:
        yield words.say(_LAPSED[request["lapse_cause"]], day=original)
    if request["status"] == "refused":
        by = _who_said("refuse", request, words)
        yield words.say("extension.note_refused", body=by, day=original)
    yield from _order(request, words)
    objection = (request["filing"] or {}).get("objection")
    if objection is not None and objection["upheld"] is False:
        yield words.say("extension.dismissed")
    if requests.is_unfiled(request):
        yield _unfiled(objection, words)
    if request.get("undone_at"):
        yield words.say("extension.note_upheld", day=original)


def _order(request: Request, words: PanelWords) -> Iterator[str]:
    order = request["order"] or {}
    if request in requests.awaiting_issuer(words.document):
        yield words.say("extension.note_order", day=words.day(order["original_due"]))
    elif order.get("lapsed"):
        yield words.say("extension.note_answer_lapsed", day=words.day(order["original_due"]))


def _unfiled(objection: Request | None, words: PanelWords) -> str:
    """Say that an extension is not filed; how bodies are appraised is for authorities."""
    if objection is not None and objection["decided_at"] is None:
        return words.say("extension.note_objection")
    if words.sources.authority:
        return words.say("extension.note_counts")
    return words.say("extension.note_unfiled")


def _who_said(decision: str, request: Request, words: PanelWords) -> str:
    said = {part: last_word(request, part) for part in (*PARTS, LEADER)}
    found = [part for part, word in said.items() if word and word["decision"] == decision]
    return words.say("list.or").join(words.signatory(part) for part in found)


def _silence(request: Request, words: PanelWords) -> Iterator[str]:
    """What follows step by step if the missing signatures do not come."""
    if request["status"] not in requests.OPEN:
        return
    for part in missing(request):
        rungs = _ladder(part, words)
        yield words.say("extension.ladder", body=words.signatory(part), rungs=rungs)
    row = words.row(request["deadline"])
    timely = request["timeliness"] == requests.TIMELY
    if row is not None and row.state == "expired":
        yield words.say("extension.expired_timely")
    else:
        yield words.say("extension.no_consent", day=words.day(request["original_due"]))
        yield words.say("extension.at_expiry_timely" if timely else "extension.at_expiry_late")


def _ladder(part: str, words: PanelWords) -> str:
    act = "extension.sign.leader" if part == LEADER else f"extension.sign.{part}"
    tasks = {task.id for task in words.sources.open_tasks if task.act == act}
    ahead = [
        words.say(f"extension.rung_{rung.name}", at=end_words(rung.at, words.language))
        for rung in words.sources.rungs
        if rung.task_id in tasks and rung.name in _RUNGS and rung.at > words.now
    ]
    top = "extension.ladder_top_leader" if part == LEADER else "extension.ladder_top"
    return words.say("panel.then").join(ahead) or words.say(top)
