"""Rule sets: every version with its articles, two compared, a new one adopted from a date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import clock
from engine.errors import Invalid
from webapp.administration.pasted import Pasted, sent_text
from webapp.administration.sheet import Cell, Line, Link, Sheet, act, cut
from webapp.administration.views import ROLE
from webapp.context import bihuan, current_actor, reading
from webapp.i18n.language import both, current_language, t
from webapp.policy import allow
from webapp.presentation.articles import article
from webapp.presentation.remaining import day_words
from webapp.presentation.rule_values import value_words
from workflows.administration import rule_sets, rule_withdrawal
from workflows.administration.rule_sets import Difference, Version
from workflows.domain import rule_store, rule_uses
from workflows.domain.rule_set import RuleSet, RuleValue

blueprint = Blueprint("office_rules", __name__, url_prefix="/administration/rules")


@blueprint.get("")
@allow.roles(ROLE)
def versions() -> ResponseReturnValue:
    """List the versions."""
    with reading() as session:
        found = rule_sets.versions(session, _today())
        dates = {one: rule_sets.open_dates(session, one.id, one.version) for one in found}
    lines, place = cut([_version(one, dates[one], found) for one in found])
    sheet = Sheet(
        t("admin.rules"),
        t("admin.rules_lead"),
        "admin.version",
        lines,
        place,
        len(lines),
        add=[Link(t("admin.adopt"), url_for("office_rules.draft"))],
    )
    return render_template("administration/sheet.html", page=sheet)


@blueprint.get("/<name>/<int:version>")
@allow.roles(ROLE)
def show(name: str, version: int) -> ResponseReturnValue:
    """Show a version; with `than` in the address, only what differs from that version."""
    than = request.args.get("than", type=int)
    with reading() as session:
        rules = rule_store.rules_of(session, name, version)
        older = rule_store.rules_of(session, name, than) if than else None
        others = [one for one in rule_sets.versions(session, _today()) if one.version != version]
    page = {
        "name": name,
        "version": version,
        "title": both(rules.title_zh, rules.title),
        "basis": both(rules.basis_zh, rules.basis),
        "than": than,
        "others": others,
        "values": [_value(value) for value in rules] if older is None else [],
        "differences": differences(older, rules) if older is not None else [],
    }
    return render_template("administration/rules.html", page=page)


@blueprint.get("/<name>/<int:version>/text")
@allow.roles(ROLE)
def text(name: str, version: int) -> ResponseReturnValue:
    """Send the text of a version, to begin the next one with."""
    with reading() as session:
        content = rule_sets.text_of(session, name, version)
    headers = {"Content-Disposition": f'attachment; filename="{name}-v{version}.yaml"'}
    return Response(content, mimetype="application/yaml", headers=headers)


@blueprint.get("/adopt")
@allow.roles(ROLE)
def draft() -> ResponseReturnValue:
    """Show the page that takes a new version."""
    page = _page()
    page.since = _today().isoformat()
    return render_template("administration/pasted.html", page=page)


@blueprint.post("/adopt")
@allow.roles(ROLE)
def adopt() -> ResponseReturnValue:
    """Compare a new version with the one in force, or adopt it."""
    page = _page()
    page.text, page.since = request.form.get("text", ""), request.form.get("since", "")
    try:
        page.text = sent_text(page.accept)
        since = _day(page.since)
        _compared(page, since)
        if page.confirmed:
            product = bihuan()
            adopted = rule_sets.adopt(
                product.database, current_actor(), product.settings.agency, page.text, since
            )
            flash(t("admin.adopted", version=adopted.version), "done")
            return redirect(url_for("office_rules.versions"), 303)
    except Invalid as error:
        status = page.refuse(error)
        return render_template("administration/pasted.html", page=page), status
    return render_template("administration/pasted.html", page=page), page.status


def differences(before: RuleSet, after: RuleSet) -> list[Line]:
    """Return what differs between two versions, as lines."""
    return [_difference(one) for one in rule_sets.compare(before, after)]


def _compared(page: Pasted, since: date) -> None:
    with reading() as session:
        parsed = rule_sets.check_from(session, _today(), page.text, since)
        found = differences(rule_store.rules_in_force(session, _today()), parsed)
    page.checked = True
    page.first = "admin.value"
    page.lines = found
    day = day_words(since, current_language())
    page.summary = [t("admin.would_adopt", version=parsed.version, day=day, count=len(found))]


def _page() -> Pasted:
    return Pasted(
        title=t("admin.adopt"),
        lead=t("admin.adopt_lead"),
        action=url_for("office_rules.adopt"),
        back=(t("admin.rules"), url_for("office_rules.versions")),
        accept=".yaml,.yml,.txt",
    )


def _version(one: Version, dates: int, all_: Sequence[Version]) -> Line:
    language = current_language()
    since = day_words(one.since, language) if one.since else ""
    state = t("admin.in_force") if one.current else t("admin.waits") if one.pending else ""
    address = url_for("office_rules.show", name=one.id, version=one.version)
    withdrawn = rule_withdrawal.subject_of(one.id, one.version)
    older = [other for other in all_ if other.id == one.id and other.version < one.version]
    compare = [Link(t("admin.compare"), f"{address}?than={older[0].version}")] if older else []
    return Line(
        Link(t("admin.version_number", name=one.id, version=one.version), address),
        [
            Cell("admin.title_of", both(one.title_zh, one.title)),
            Cell("admin.since", since),
            Cell("admin.state", state, tone="done" if one.current else ""),
            Cell("admin.open_dates", str(dates)),
        ],
        [
            *compare,
            Link(
                t("admin.download"),
                url_for("office_rules.text", name=one.id, version=one.version),
            ),
            *([act(rule_withdrawal.NAME, withdrawn)] if one.pending else []),
        ],
    )


def _value(value: RuleValue) -> dict[str, Any]:
    return {
        "key": value.key,
        "article": _article(value),
        "sentence": both(value.zh, value.en),
        "value": _plain(value),
        "use": _use(value.key),
    }


def _difference(one: Difference) -> Line:
    known = one.after or one.before
    sentence = both(known.zh, known.en) if known else ""
    return Line(
        Link(one.key),
        [
            Cell("admin.before", _plain(one.before)),
            Cell("admin.after", _plain(one.after)),
            Cell("admin.use", _use(one.key)),
            Cell("admin.article", _article(known)),
            Cell("admin.sentence", sentence),
        ],
    )


def _use(key: str) -> str:
    return t(f"admin.use_{rule_uses.use_of(key)}")


def _article(value: RuleValue | None) -> str:
    if value is None:
        return ""
    return article(value.article) if current_language() == "en" else value.article


def _plain(value: RuleValue | None) -> str:
    if value is None:
        return t("word.none")
    return value_words(value, current_language())


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Invalid.at(
            "since", f"Expected a date, but “{text[:40]}” is none", "请填写生效日期"
        ) from error


def _today() -> date:
    return clock.beijing_date(clock.now())
