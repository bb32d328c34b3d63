"""What a notice would do to the days of its years, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from webapp.i18n.language import both, t
from workflows.administration.notice_effect import YearEffect
from workflows.domain.working_days import HOLIDAY, WORKDAY


def kind_words(kind: str) -> str:
    """Return what a kind of day is called."""
    return t("admin.kind_worked") if kind == WORKDAY else t("admin.kind_rest")


def year_sentences(one: YearEffect) -> Iterator[str]:
    """Say what becomes of a year: replaced, joined or as it is, and each day that differs."""
    if one.unchanged:
        yield t("admin.notice_unchanged", year=one.year, count=one.named)
        return
    yield _whole(one)
    for kind in (HOLIDAY, WORKDAY):
        words = {"year": one.year, "kind": kind_words(kind)}
        new = [special.day for special in one.new if special.kind == kind]
        changed = [special.day for special in one.changed if special.kind == kind]
        if new and one.before:
            yield t("admin.notice_new", days=_listed(new), **words)
        if changed:
            yield t("admin.notice_changed", days=_listed(changed), **words)
    if one.gone:
        yield t("admin.notice_gone", year=one.year, days=_listed(one.gone))
    if one.reworded:
        yield t("admin.notice_reworded", year=one.year, count=one.reworded)


def _whole(one: YearEffect) -> str:
    told = {"year": one.year, "before": one.before}
    if one.joined:
        return t("admin.notice_joins", count=one.named, **told)
    if one.published:
        return t("admin.notice_replaces", after=one.after, **told)
    if one.before:
        return t("admin.notice_publishes", after=one.after, **told)
    return t("admin.notice_begins", year=one.year, after=one.after)


def _listed(days: Iterable[date]) -> str:
    return both("、", ", ").join(str(day) for day in days)
