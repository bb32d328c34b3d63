"""Issuing: what a step says is kept word for word under a number of its kind and year."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from engine import clock
from engine.errors import Incident
from engine.operations import Place
from engine.ports import Context, JsonMap
from engine.store.base import json_text
from engine.store.ids import new_id
from workflows.domain import numbering
from workflows.domain.hazard_case import HazardCase
from workflows.domain.papers.kinds import KINDS, OWN, OWN_DRAFT, OWN_INTERNAL, Field, Kind
from workflows.domain.papers.tables import PaperRow
from workflows.domain.town_words import of_case

_KEPT = frozenset({OWN_INTERNAL, OWN_DRAFT})
"""Papers of designers whose making is not everybody's to know."""

ARTICLE = "extension.mode"
"""A value of the rule set whose article is the one that all these papers rest on."""


def issue(
    case: HazardCase,
    kind: str,
    content: Mapping[str, Any],
    context: Context,
    *,
    subject: str = "",
    signatories: Sequence[Mapping[str, Any]] = (),
) -> str:
    """Keep a paper and return its number.

    Args:
        case: whose paper it is.
        kind: `D9` to `D16`.
        content: a value for each field of the kind: a text, a pair of texts in both languages
            (`{"zh": …, "en": …}`) or a list of these; what is missing is left to the pen.
        context: the command.
        subject: what it is about within the case. A paper of the same kind and subject that
            stands is superseded: the new edition keeps its number.
        signatories: who signed, when, for whom, with what opinion.

    Raises:
        Incident: the kind or a field is unknown.
    """
    known = _kind(kind, content)
    text = json_text(_snapshot(case, known, content))
    return _keep(case, known, text, context, subject, signatories)


@dataclass(frozen=True)
class OwnPaper:
    """A paper that a designer lets a process make: its title in both languages and its lines."""

    zh: str
    en: str
    fields: tuple[Field, ...]


def issue_own(
    case: HazardCase,
    kind: str,
    paper: OwnPaper,
    content: Mapping[str, Any],
    context: Context,
    *,
    subject: str = "",
) -> str:
    """Keep a designer's paper and return its number; it names no article that it rests on."""
    known = replace(KINDS[kind], zh=paper.zh, en=paper.en, fields=paper.fields)
    text = json_text(_snapshot(case, known, content) | {"basis": None})
    return _keep(case, known, text, context, subject)


def _keep(
    case: HazardCase,
    kind: Kind,
    text: str,
    context: Context,
    subject: str,
    signatories: Sequence[Mapping[str, Any]] = (),
) -> str:
    former = _standing(case, kind.code, subject, context)
    row = _row(case, kind.code, subject, text, context)
    row.number = former.number if former else _next_number(case, kind, context)
    row.edition = former.edition + 1 if former else 1
    row.signatories = json_text(list(signatories))
    if former is not None:
        former.superseded_at = context.now
    context.session.add(row)
    context.session.flush()
    _record(row, "paper.kept" if kind.code in _KEPT else "paper.issued", context)
    return row.number


def void(case: HazardCase, kind: str, subject: str, context: Context) -> None:
    """Mark the standing paper of a kind and subject as void; it stays readable."""
    row = _standing(case, kind, subject, context)
    if row is not None:
        row.voided_at = context.now
        _record(row, "paper.voided", context)


def _kind(kind: str, content: Mapping[str, Any]) -> Kind:
    known = KINDS.get(kind)
    strange = set(content) - {field.key for field in known.fields} if known else {kind}
    if known is None or strange:
        raise Incident(
            f"Expected a known paper with its fields, but {kind} has no {sorted(strange)}",
            f"文书 {kind} 没有这些栏目：{sorted(strange)}",
        )
    return known


def _standing(case: HazardCase, kind: str, subject: str, context: Context) -> PaperRow | None:
    if not subject:
        return None
    return context.session.scalar(
        select(PaperRow).where(
            PaperRow.case_id == case.id,
            PaperRow.kind == kind,
            PaperRow.subject == subject,
            PaperRow.superseded_at.is_(None),
            PaperRow.voided_at.is_(None),
        )
    )


def _row(case: HazardCase, kind: str, subject: str, text: str, context: Context) -> PaperRow:
    return PaperRow(
        id=new_id(),
        case_id=case.id,
        agency=case.agency,
        kind=kind,
        subject=subject,
        issued_at=context.now,
        issued_by=context.actor.id,
        content=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        superseded_at=None,
        voided_at=None,
    )


def _next_number(case: HazardCase, kind: Kind, context: Context) -> str:
    year = clock.beijing(context.now).year
    value = numbering.next_number(context.session, case.agency, f"paper.{kind.code}", year)
    return f"{case.basis.rules.number_prefix}{kind.word}〔{year}〕第{value}号"


def _snapshot(case: HazardCase, kind: Kind, content: Mapping[str, Any]) -> JsonMap:
    """Return all that the page prints, labels included, so that nothing later changes it."""
    rules = case.basis.rules
    return {
        "title": {"zh": kind.zh, "en": kind.en},
        "case_number": case.data["number"],
        "enterprise": {
            "zh": case.data["enterprise"]["name_zh"],
            "en": case.data["enterprise"]["name"],
        },
        "basis": {
            "rule_set": rules.id,
            "version": rules.version,
            "title": {"zh": rules.title_zh, "en": rules.title},
            "article": rules[ARTICLE].article,
        },
        "copies": kind.copies,
        "to": {"zh": kind.to[0], "en": kind.to[1]},
        "served": kind.served,
        "fields": [
            {
                "key": field.key,
                "label": _label(case, field),
                "value": content.get(field.key),
            }
            for field in kind.fields
        ],
    }


def _label(case: HazardCase, field: Field) -> JsonMap:
    zh, en = of_case((field.zh, field.en), case.data)
    return {"zh": zh, "en": en}


def _record(row: PaperRow, act: str, context: Context) -> None:
    data = {"kind": row.kind, "number": row.number, "edition": row.edition, "sha256": row.sha256}
    if row.kind in (OWN, OWN_INTERNAL, OWN_DRAFT):
        data["title"] = json.loads(row.content)["title"]
    place = context.call.place if context.call and act == "paper.kept" else Place()
    context.journal.record(act, data, **place)
