"""Finding hazards by words of any length, Chinese ones too: kept text, and names as they are now.

A word is looked for anywhere in the kept text of a hazard, so one Chinese character finds as
well as two; neither database needs an extension. Bodies and persons are found by the names that
they bear today.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from workflows.domain.ledger_tables import HazardRow
from workflows.domain.org_tables import BodyRow, PersonRow
from workflows.domain.visibility import Reach

MOST_WORDS = 8
_MOST_PERSONS = 200
SEARCHED = (
    "number",
    "enterprise_name_zh",
    "enterprise_name",
    "description",
    "location",
    "address",
    "criterion",
    "industry",
    "subcategory",
    "responsible_person",
)
"""Columns whose text is searched."""
_BODIES = (
    HazardRow.park,
    HazardRow.town,
    HazardRow.industry_department,
    HazardRow.finder_body,
    HazardRow.supervising_body,
)


def kept_text(values: Mapping[str, Any]) -> str:
    """Return the text of a ledger row in which words are looked for."""
    return folded(" ".join(str(values[name]) for name in SEARCHED if values[name]))


def folded(text: str) -> str:
    """Return a text as it is compared: wide letters and digits narrow, capitals small."""
    return unicodedata.normalize("NFKC", text).replace("\x00", " ").casefold()


def conditions(session: Session, reach: Reach, text: str) -> list[ColumnElement[bool]]:
    """Return what must hold so that every word of a search is found."""
    return [_found(session, reach, word) for word in folded(text).split()[:MOST_WORDS]]


def _found(session: Session, reach: Reach, word: str) -> ColumnElement[bool]:
    places: list[ColumnElement[bool]] = [HazardRow.search_text.contains(word, autoescape=True)]
    named = or_(
        BodyRow.name_zh.icontains(word, autoescape=True),
        BodyRow.name.icontains(word, autoescape=True),
    )
    # An enterprise that was renamed is found by either name.
    renamed = select(BodyRow.id).where(BodyRow.kind == "enterprise", named)
    places.append(HazardRow.enterprise.in_(renamed))
    bodies = session.scalars(select(BodyRow.id).where(BodyRow.kind != "enterprise", named)).all()
    if bodies:
        places += [column.in_(bodies) for column in _BODIES]
    return or_(*places, *_by_person(session, reach, word))


def _by_person(session: Session, reach: Reach, word: str) -> list[ColumnElement[bool]]:
    """Who serves a paper signs it; who registered a hazard is known to authorities only."""
    persons = session.scalars(
        select(PersonRow.id)
        .where(
            or_(
                PersonRow.name_zh.icontains(word, autoescape=True),
                PersonRow.name.icontains(word, autoescape=True),
            )
        )
        .limit(_MOST_PERSONS)
    ).all()
    if not persons:
        return []
    columns = [HazardRow.supervising_person]
    if reach.authority:
        columns.append(HazardRow.registered_by)
    return [column.in_(persons) for column in columns]
