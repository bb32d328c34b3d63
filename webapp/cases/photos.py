"""The photos and papers of a case: at which stage, by whom, when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from webapp.cases.sources import CaseSources
from webapp.i18n.catalogue import pick, text
from webapp.presentation import labels
from webapp.presentation.naming import spoken
from webapp.presentation.remaining import instant_words
from workflows.domain.evidence import Evidence
from workflows.domain.evidence_reach import is_told, places

STAGES = {
    "photos": ("发现时", "At the finding"),
    "reports.photos_before": ("整改前", "Before rectification"),
    "reports.photos_after": ("整改后", "After rectification"),
    "plan.attachments": ("整改方案", "Rectification plan"),
    "notice.photos": ("现场公示", "Notice on site"),
    "recheck.photos": ("复查", "Recheck"),
    "rechecks.photos": ("复查", "Recheck"),
    "listing.photos": ("挂牌公布", "Listing published"),
    "listing.removed_photos": ("摘牌公布", "De-listing published"),
    "listing.reports.photos": ("督办进展", "Progress of supervision"),
    "exit.photos": ("关停", "Shut down"),
    "extension_requests.evidence": ("延期理由证据", "Ground of the extension"),
    "extension_requests.milestone_proof.evidence": ("节点证明", "Proof of a milestone"),
    "extension_requests.filing.returns.attachments": ("备案补正", "Papers corrected"),
    "interviews.postponements.evidence": ("推迟约谈证明", "Why the interview was put off"),
    "interviews.held.recording": ("约谈录音录像", "Recording of the interview"),
    "interviews.report.evidence": ("约谈落实", "Report after the interview"),
    "enforcements.stop_measures.evidence": ("停产停业", "Stop measures"),
    "enforcements.penalty.evidence": ("行政处罚", "Penalty"),
    "enforcements.referral.elements.evidence": ("移送核查", "Check for a referral"),
    "enforcements.referral.receipt.evidence": ("移送回执", "Receipt of the referral"),
}
"""What a file shows, by where the document of the case keeps it."""

PAPER = ("材料", "Paper")


@dataclass(frozen=True)
class Photo:
    """A photo or paper; the original only for whom it is meant."""

    address: str
    picture: bool
    kind: str
    stage: str
    who: str
    who_lang: str
    at: str
    words: str
    original: str | None


def photos(sources: CaseSources, language: str) -> list[Photo]:
    """Return every file of a case that the reader may see, in the order they came."""
    known = places(sources.record.document)
    return [
        _photo(one, _stage(known.get(one.id, ()), sources), sources, language)
        for one in sources.evidence
    ]


def _stage(paths: Sequence[str], sources: CaseSources) -> str:
    """Return where a file was kept last, as far as the reader is told."""
    told = [path for path in paths if is_told(path, sources.reader)]
    return told[-1] if told else ""


def _photo(one: Evidence, path: str, sources: CaseSources, language: str) -> Photo:
    person = sources.persons.get(one.uploaded_by)
    who = pick(language, person.name_zh, person.name) if person else one.uploaded_by
    stage = labels.label({"stage": STAGES.get(path, PAPER)}, "stage", language)
    at = instant_words(one.uploaded_at, language)
    return Photo(
        address=url_for("evidence.screen_copy", evidence_id=one.id),
        picture=one.screen_sha256 is not None,
        kind=one.mime.rpartition("/")[2].upper(),
        stage=stage,
        who=who,
        who_lang=spoken(who),
        at=at,
        words=text("evidence.caption", language, stage=stage, who=who, at=at),
        original=url_for("evidence.original", evidence_id=one.id)
        if sources.reader.authority
        else None,
    )
