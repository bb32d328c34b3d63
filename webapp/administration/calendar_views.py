"""The calendar: years loaded; a notice previewed with every date it moves, then loaded."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import clock
from engine.errors import Invalid
from webapp.administration.notice_words import year_sentences
from webapp.administration.pasted import Pasted, sent_text
from webapp.administration.sheet import Cell, Line, Link, Sheet, cut
from webapp.administration.views import ROLE
from webapp.context import bihuan, current_actor, reading
from webapp.i18n.language import both, current_language, t
from webapp.policy import allow
from webapp.presentation import labels
from webapp.presentation.remaining import due_words
from workflows.administration import calendar_years, notice_effect
from workflows.administration.calendar_years import Move, Year
from workflows.administration.notices import read_notice
from workflows.domain.working_days import SpecialDay

EXAMPLE = {
    "zh": "日期,类型,名称,依据\n2027-01-01,放假,元旦,国务院办公厅通知",
    "en": "day,kind,name,source\n2027-01-01,holiday,New Year,State Council notice",
}

blueprint = Blueprint("office_calendar", __name__, url_prefix="/administration/calendar")


@blueprint.get("")
@allow.roles(ROLE)
def years() -> ResponseReturnValue:
    """List the years that are loaded."""
    with reading() as session:
        lines, place = cut([_year(year) for year in calendar_years.years(session)])
    sheet = Sheet(
        t("admin.calendar"),
        t("admin.calendar_lead"),
        "admin.year",
        lines,
        place,
        len(lines),
        add=[Link(t("admin.notice"), url_for("office_calendar.notice"))],
    )
    return render_template("administration/sheet.html", page=sheet)


@blueprint.get("/notice")
@allow.roles(ROLE)
def notice() -> ResponseReturnValue:
    """Show the page that takes a notice."""
    return render_template("administration/pasted.html", page=_page())


@blueprint.post("/notice")
@allow.roles(ROLE)
def load() -> ResponseReturnValue:
    """Preview a notice, or load it."""
    page = _page()
    page.text = request.form.get("text", "")
    try:
        page.text = sent_text(page.accept)
        days = read_notice(page.text, t("admin.notice"))
        calendar_years.refuse_past(days, clock.beijing_date(clock.now()))
        _show(page, calendar_years.preview(bihuan().runtime, days), days)
        if page.confirmed:
            product = bihuan()
            moved = calendar_years.apply(
                product.runtime, current_actor(), product.settings.agency, days
            )
            flash(t("admin.notice_loaded", count=moved), "done")
            return redirect(url_for("office_calendar.years"), 303)
    except Invalid as error:
        status = page.refuse(error)
        return render_template("administration/pasted.html", page=page), status
    return render_template("administration/pasted.html", page=page), page.status


def _page() -> Pasted:
    return Pasted(
        title=t("admin.notice"),
        lead=t("admin.notice_lead"),
        action=url_for("office_calendar.load"),
        back=(t("admin.calendar"), url_for("office_calendar.years")),
        accept=".csv,.txt",
        example=EXAMPLE[current_language()],
        notes=[t("admin.notice_hint")],
    )


def _show(page: Pasted, moves: Sequence[Move], days: Sequence[SpecialDay]) -> None:
    page.checked = True
    page.summary = [
        t("admin.notice_days", count=len(days)),
        *_replaced(days),
        t("admin.notice_moves", count=len(moves)),
    ]
    page.first = "admin.number"
    page.lines = [_move(move) for move in moves]


def _replaced(days: Sequence[SpecialDay]) -> list[str]:
    """Say what becomes of the days of each year."""
    with reading() as session:
        found = notice_effect.effects(session, days)
    return [sentence for one in found for sentence in year_sentences(one)]


def _move(move: Move) -> Line:
    language = current_language()
    task = both(*move.what)
    words = task or labels.label(labels.DEADLINES, move.kind, language)
    return Line(
        Link(move.number),
        [
            Cell("admin.what", words),
            Cell("admin.before", due_words(move.before, language)),
            Cell("admin.after", due_words(move.after, language)),
        ],
    )


def _year(year: Year) -> Line:
    state, tone = (
        (t("admin.provisional"), "warning") if year.provisional else (t("admin.published"), "done")
    )
    return Line(
        Link(str(year.year), url_for("office_year.show", year=year.year)),
        [
            Cell("admin.state", state, tone=tone),
            Cell("admin.rest_days", str(year.rest_days)),
            Cell("admin.worked_days", str(year.worked_days)),
            Cell("admin.source", year.source),
        ],
        [Link(t("admin.download_csv"), url_for("office_year.download", year=year.year))],
    )
