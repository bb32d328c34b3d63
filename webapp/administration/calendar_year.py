"""The days of one year of the calendar: seen, and taken as a file that the import reads again."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp.administration.notice_words import kind_words
from webapp.administration.sheet import Cell, Line, Link
from webapp.administration.views import ROLE
from webapp.context import reading
from webapp.i18n.language import both, current_language, t
from webapp.ledger.files import attachment
from webapp.policy import allow
from webapp.presentation.remaining import day_words
from workflows.administration import calendar_years, notices
from workflows.domain.working_days import WORKDAY, SpecialDay, weekday
from workflows.exporting import files

blueprint = Blueprint("office_year", __name__, url_prefix="/administration/calendar")


@dataclass(frozen=True)
class YearPage:
    """What the page of a year shows."""

    title: str
    provisional: bool
    lines: list[Line]
    download: str
    source: str
    """What all days rest on, told once; empty where they differ."""


@blueprint.get("/<int:year>")
@allow.roles(ROLE)
def show(year: int) -> ResponseReturnValue:
    """Show the days of a year that differ from the week."""
    with reading() as session:
        days = calendar_years.days(session, year)
    sources = {special.source for special in days}
    page = YearPage(
        title=t("admin.year_title", year=year),
        provisional=any(special.provisional for special in days),
        lines=[_line(special, tell_source=len(sources) > 1) for special in days],
        download=url_for("office_year.download", year=year),
        source=next(iter(sources)) if len(sources) == 1 else "",
    )
    return render_template("administration/year.html", page=page)


@blueprint.get("/<int:year>/days.csv")
@allow.roles(ROLE)
def download(year: int) -> ResponseReturnValue:
    """Send the days of a year as the import reads them."""
    language = current_language()
    with reading() as session:
        days = calendar_years.days(session, year)
    rows = [notices.row_of(special, language) for special in days]
    heads = list(notices.headings(language))
    return attachment(f"{t('admin.calendar')}-{year}.csv", files.csv_chunks(heads, rows))


def _line(special: SpecialDay, *, tell_source: bool) -> Line:
    worked = special.kind == WORKDAY
    state = t("admin.provisional") if special.provisional else t("admin.published")
    return Line(
        Link(day_words(special.day, current_language())),
        [
            Cell("admin.weekday", both(*weekday(special.day))),
            Cell("admin.day_kind", kind_words(special.kind), tone="warning" if worked else "done"),
            Cell("admin.title_of", special.name),
            *([Cell("admin.source", special.source)] if tell_source else []),
            Cell("admin.state", state, tone="warning" if special.provisional else "quiet"),
        ],
    )
