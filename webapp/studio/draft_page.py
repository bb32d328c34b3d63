"""The overview of a draft in words: what has to happen, what is wrong, what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from flask import url_for
from flask_login import current_user
from sqlalchemy.orm import Session

from engine import clock
from engine.ports import Actor
from webapp.api import limits
from webapp.context import bihuan, current_actor
from webapp.i18n.language import both, current_language, t
from webapp.presentation.remaining import day_words, instant_words
from webapp.presentation.timeline_rows import TimelineRow
from webapp.studio.draft_files import FileLine, file_lines
from webapp.studio.draft_findings import FindingLine, editor_of, finding_lines, scenario_lines
from webapp.studio.draft_history import history
from webapp.studio.draft_list import TONES, base_words, state_words, title_words
from webapp.studio.draft_next import Next, Standing, next_act
from webapp.studio.draft_tested import Tested, tested
from workflows import beforehand
from workflows.administration.rule_sets import Version
from workflows.designing import contents, drafts, paths, permission, reviewing, rules
from workflows.designing.drafts import Draft
from workflows.designing.people import names_of
from workflows.scenarios.written import read_all
from workflows.surroundings import in_force
from workflows.trying import asking
from workflows.verifying import PATIENCE, examination_json, examine

LOOKS = 120
"""A minute of one account: each may take a whole examination."""


@dataclass(frozen=True)
class Sent:
    """What was sent in vain: the values by name, what is wrong by field, why it was refused."""

    values: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    refused: str = ""


@dataclass(frozen=True)
class DraftPage:
    """What the overview shows."""

    draft: Draft
    title: str
    state: str
    tone: str
    base: str
    changed: str
    reason: str
    next: Next
    tested: Tested | None
    diagram: str
    touched: Sequence[FileLine]
    others: Sequence[FileLine]
    scenarios: Sequence[FileLine]
    wrong: Sequence[FindingLine]
    doubts: Sequence[FindingLine]
    rules: Sequence[tuple[str, str]]
    rule_set: str
    rule_keys: Sequence[str]
    history: Sequence[TimelineRow]
    sent: Sent


def draft_page(
    session: Session, actor: Actor, agency: str, draft_id: str, sent: Sent | None = None
) -> DraftPage:
    """Return the overview; NotAllowed for whoever may not see drafts."""
    permission.reading_desk(session, actor, agency)
    draft = drafts.one(session, agency, draft_id)
    held, base = drafts.files(session, draft_id), drafts.base_files(session, draft)
    lines = file_lines(draft, held, base)
    findings, standing_tests = _judged(session, draft, held)
    wrong = [one for one in findings if one.is_error]
    standing = Standing(len(wrong), any(one.tone for one in lines))
    who = names_of(session, [draft.changed_by])[draft.changed_by]
    return DraftPage(
        draft=draft,
        title=title_words(draft),
        state=state_words(draft.state),
        tone=TONES[draft.state],
        base=base_words(draft),
        changed=f"{both(*who)} · {instant_words(draft.changed_at, current_language())}",
        reason=both(*(_reasons(draft))),
        next=next_act(session, actor, draft, standing),
        tested=standing_tests,
        diagram=editor_of(draft.id, paths.diagram_of(draft.process)),
        touched=[one for one in lines if one.tone],
        others=[one for one in lines if not one.tone and paths.is_deployed(one.path)],
        scenarios=[one for one in lines if not one.tone and not paths.is_deployed(one.path)],
        wrong=wrong,
        doubts=[one for one in findings if not one.is_error],
        rules=[_rule_choice(one) for one in rules.choices(session, _today())],
        rule_set=_rule_words(draft),
        rule_keys=rules.keys(held),
        history=history(session, agency, draft_id),
        sent=sent or Sent(),
    )


def looked(draft_id: str) -> None:
    """Examine a draft before its page is read: nothing is held open meanwhile.

    Raises:
        TooManyRequests: the account looked too often.
    """
    limits.count("draft", current_user.account_id, LOOKS)
    beforehand.look(bihuan(), reviewing.drawn(bihuan(), current_actor(), draft_id))


def address_of(draft: Draft) -> str:
    """Return where the overview of a draft is."""
    return url_for("drafts.show", draft_id=draft.id)


def _judged(
    session: Session, draft: Draft, held: Mapping[str, bytes]
) -> tuple[Sequence[FindingLine], Tested | None]:
    """Return what is wrong with a draft that is not over, and whether its scenarios hold."""
    if draft.state in drafts.OVER:
        return (), None
    environment = in_force(session, draft.agency, bihuan().gate_environment())
    bundle = contents.bundle(session, draft, held)
    told = examination_json(examine([bundle], environment, seconds=PATIENCE), current_language())
    read = read_all(draft.process, asking.scenarios(held))
    lines = [*finding_lines(draft.id, bundle, told), *scenario_lines(draft.id, read)]
    return lines, tested(session, draft, bundle, read)


def _reasons(draft: Draft) -> tuple[str, str]:
    zh, _, en = (draft.reason or "").partition("\n")
    return zh, en or zh


def _rule_choice(one: Version) -> tuple[str, str]:
    since = day_words(one.since, current_language()) if one.since else ""
    return f"{one.id}:{one.version}", t(
        "drafts.rules_since", name=one.id, version=one.version, since=since
    )


def _rule_words(draft: Draft) -> str:
    if not draft.rule_set:
        return t("drafts.rules_any")
    return t("drafts.rules_named", name=draft.rule_set, version=draft.rule_version)


def _today() -> date:
    return clock.beijing_date(clock.now())
