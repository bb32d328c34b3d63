"""A paper as a page: only what was kept when it was issued, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from engine import clock
from webapp.i18n.catalogue import pick, text
from webapp.i18n.typography import chinese
from webapp.presentation.articles import article
from webapp.presentation.facts import Fact
from webapp.presentation.remaining import instant_words
from workflows.domain.papers.reading import Paper

DECISIONS = {"agree": "paper.agree", "refuse": "paper.refuse", "return": "paper.return"}
STATUSES = {"voided": "paper.voided", "superseded": "paper.superseded"}
SERVICE = ("paper.server", "paper.recipient", "paper.received_at", "paper.way")
"""Lines of the service record that a pen fills in."""


@dataclass(frozen=True)
class PaperLine:
    """A paper in the list of a case."""

    title: str
    number: str
    at: str
    status: str
    address: str


@dataclass(frozen=True)
class PaperField:
    """A labelled line; no lines leave it to the pen."""

    label: str
    lines: Sequence[Fact]


@dataclass(frozen=True)
class Signature:
    """Who signed."""

    who: str
    what: str
    at: str


@dataclass(frozen=True)
class PaperPage:
    """What the template shows."""

    title: str
    number: str
    case_number: str
    back: str
    status: str
    issued_on: str
    signer: str
    fields: Sequence[PaperField]
    signatures: Sequence[Signature]
    service: Sequence[str]
    copies: str
    to: str
    basis: str
    sha256: str


def paper_lines(papers: Iterable[Paper], case_id: str, language: str) -> list[PaperLine]:
    """Return the papers of a case, the latest first; an edition that was replaced is left out."""
    return [
        PaperLine(
            title=_said(paper.content["title"], language),
            number=paper.number,
            at=instant_words(paper.issued_at, language),
            status=text("paper.voided", language) if paper.status == "voided" else "",
            address=url_for("papers.show", case_id=case_id, paper=paper.id),
        )
        for paper in reversed(list(papers))
        if paper.status != "superseded"
    ]


def paper_page(paper: Paper, case_id: str, language: str) -> PaperPage:
    """Return the page of a paper."""
    content = paper.content
    return PaperPage(
        title=_said(content["title"], language),
        number=paper.number,
        case_number=content["case_number"],
        back=url_for("cases.show", case_id=case_id),
        status=_status(paper, language),
        issued_on=clock.beijing_date(paper.issued_at).isoformat(),
        signer=_signer(paper, language),
        fields=[_field(one, language) for one in content["fields"]],
        signatures=[_signature(one, language) for one in paper.signatories],
        service=[text(key, language) for key in SERVICE] if content["served"] else [],
        copies=text("paper.copies_count", language, count=content["copies"]),
        to=_said(content["to"], language),
        basis=_basis(content["basis"], language) if content["basis"] else "",
        sha256=paper.sha256,
    )


def _field(field: Mapping[str, Any], language: str) -> PaperField:
    label = _said(field["label"], language)
    return PaperField(label, [Fact("", one, written=True) for one in _values(field, language)])


def _values(field: Mapping[str, Any], language: str) -> Iterator[str]:
    value = field["value"]
    for one in value if isinstance(value, list) else [value]:
        if said := _said(one, language):
            yield said


def _said(value: Any, language: str) -> str:  # noqa: ANN401 a text, a pair of texts, or nothing
    if isinstance(value, Mapping):
        return pick(language, value.get("zh"), value.get("en"))
    return "" if value is None else str(value)


def _signature(word: Mapping[str, Any], language: str) -> Signature:
    names = [_said(word.get("body"), language), _said(word.get("person"), language)]
    decision = DECISIONS.get(str(word.get("decision")))
    said = [text(decision, language) if decision else "", str(word.get("opinion") or "")]
    gap = text("form.colon", language)
    return Signature(
        who=" ".join(filter(None, names)),
        what=gap.join(filter(None, said)),
        at=str(word.get("at") or ""),
    )


def _signer(paper: Paper, language: str) -> str:
    """The last who signed; without one the place stays empty for the pen."""
    signed = paper.signatories[-1] if paper.signatories else {}
    return _said(signed.get("person"), language)


def _status(paper: Paper, language: str) -> str:
    key = STATUSES.get(paper.status)
    return text(key, language) if key else ""


def _basis(basis: Mapping[str, Any], language: str) -> str:
    clause = basis["article"]
    return text(
        "paper.basis",
        language,
        title=_said(basis["title"], language),
        article=article(clause) if language == "en" else chinese(clause),
        rules=basis["rule_set"],
        version=basis["version"],
    )
