"""What the overview of a draft says of its scenarios: whether they hold as it is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from engine.deployment.bundle import Bundle
from webapp.i18n.language import t
from workflows.designing.drafts import Draft
from workflows.scenarios.written import Written
from workflows.trying import kept


@dataclass(frozen=True)
class Tested:
    """One sentence; a warning unless every scenario holds."""

    words: str
    holds: bool


def tested(session: Session, draft: Draft, bundle: Bundle, read: Sequence[Written]) -> Tested:
    """Return it of a draft on which something may still happen."""
    found = kept.summary(session, draft, bundle, read)
    if not found.total:
        return Tested(t("scenarios.none"), holds=False)
    if found.holds:
        return Tested(t("scenarios.all_hold", total=found.total), holds=True)
    if len(found.unplayed) == found.total:
        return Tested(t("scenarios.none_played", total=found.total), holds=False)
    counts = (
        ("scenarios.some_fail", found.failed),
        ("scenarios.some_unplayed", found.unplayed),
        ("scenarios.some_faulty", found.faulty),
    )
    parts = [t(key, count=len(names)) for key, names in counts if names]
    words = t("scenarios.of_all", total=found.total, parts=t("scenarios.and").join(parts))
    return Tested(words, holds=False)
