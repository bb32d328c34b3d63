"""Judges diagrams by the statutes of the rule set: what an article asks, and where it is broken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from engine.deployment.bundle import Bundle
from engine.deployment.environment import GateEnvironment, ProcessContract
from engine.deployment.known_values import written_names
from engine.deployment.subject import Subject
from engine.errors import Invalid
from engine.forms.definition import FormDefinition
from engine.verification.paths import Path
from engine.verification.reading import read_model
from engine.verification.statutes.application import Application, Traffic
from engine.verification.statutes.deciding import Ground, Verdict, decide, quickest
from engine.verification.statutes.declarations import Feasible, Statute, Statutes
from engine.verification.statutes.reading import read_statutes
from engine.verification.statutes.shortest import Leg
from engine.verification.statutes.steps import Drawn
from workflows import yaml_text
from workflows.domain.rule_set import RULES, SHIPPED, RuleSet, parse, shipped_text
from workflows.domain.working_days import WorkingCalendar
from workflows.proving import feasibility
from workflows.proving.ensured import ensured

STATUTE, SILENCE, FEASIBILITY = "statute", "silence", "feasibility"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is known of one statute on one process."""

    kind: str
    id: str
    process: str
    name_zh: str
    name: str
    article_zh: str
    article: str
    sentence_zh: str
    sentence: str
    holds: bool | None
    severity: str = "error"
    element: str = ""
    path: Path | None = None
    table: tuple[Mapping[str, object], ...] = ()

    def text(self, language: str) -> tuple[str, str, str]:
        """Return name, article and sentence in a language."""
        if language.startswith("en"):
            return self.name, self.article, self.sentence
        return self.name_zh, self.article_zh, self.sentence_zh


@lru_cache(maxsize=4)
def shipped(rule_set: str = SHIPPED[0]) -> Statutes:
    """Return the statutes that the product ships with a rule set."""
    text = (RULES / f"{rule_set}.statutes.yaml").read_text(encoding="utf-8")
    return read_statutes(yaml_text.read(text))


@lru_cache(maxsize=1)
def _shipped_rules() -> RuleSet:
    return parse(shipped_text())


def judge(
    bundles: Sequence[Bundle],
    environment: GateEnvironment,
    *,
    statutes: Statutes | None = None,
    rules: RuleSet | None = None,
    calendar: WorkingCalendar | None = None,
) -> list[Judgement]:
    """Return what every statute says of some bundles.

    Args:
        bundles: the processes that are judged.
        environment: what the application gives to diagrams; other processes in force.
        statutes: what is asked; those shipped if none are given.
        rules: the numbers; those shipped if none are given.
        calendar: the working days; those shipped if none are given.
    """
    asked, numbers = statutes or shipped(), rules or _shipped_rules()
    application = ensured(numbers)
    contracts = {**environment.processes, **{one.process: one.contract for one in bundles}}
    found: list[Judgement] = []
    ways: dict[str, tuple[Leg, ...] | None] = {}
    for bundle in bundles:
        if bundle.diagram is None or not any(asked.about(bundle.process)):
            continue
        subject = Subject(bundle, bundle.diagram, environment, contracts)
        ground = _ground(asked, subject, application)
        found.extend(_judged(asked, ground))
        ways |= _ways(asked, ground)
    fit = partial(_feasible, ways=ways, rules=numbers, calendar=calendar)
    known = ways.keys() | {""}
    return found + [fit(way) for way in asked.feasible if {way.id, way.after} <= known]


def _ground(asked: Statutes, subject: Subject, application: Application) -> Ground:
    forms = subject.bundle.read.forms
    return Ground(
        process=subject.bundle.process,
        diagram=subject.diagram,
        drawn=_drawn(asked, subject),
        application=application,
        required={name: _required(form) for name, form in forms.items()},
        traffic={name: _traffic(one) for name, one in subject.contracts.items()},
    )


def _ways(asked: Statutes, ground: Ground) -> Mapping[str, tuple[Leg, ...] | None]:
    """Return the shortest ways through a process, by what is declared to be feasible."""
    mine = [way for way in asked.feasible if way.process == ground.process]
    if not mine or ground.steps is None:
        return {}
    return {way.id: quickest(asked, way, ground.steps, ground.application) for way in mine}


def _feasible(
    way: Feasible,
    ways: Mapping[str, tuple[Leg, ...] | None],
    rules: RuleSet,
    calendar: WorkingCalendar | None,
) -> Judgement:
    """Judge a way: an error where an ordinary week is too short, a warning where holidays are."""
    told = Judgement(
        kind=FEASIBILITY,
        id=way.id,
        process=way.process,
        name_zh=way.sentence_zh,
        name=way.sentence,
        article_zh=way.article_zh,
        article=way.article,
        sentence_zh=way.sentence_zh,
        sentence=way.sentence,
        holds=None,
        severity="warning",
    )
    legs, before = ways[way.id], ways.get(way.after, ()) if way.after else ()
    if legs is None or before is None:
        return told
    legs, days = (*before, *legs), feasibility.period(rules, way.period)
    found = feasibility.slack(calendar, legs, days) if calendar else feasibility.of_seed(legs, days)
    if found is None:
        return told
    table = (feasibility.row({"way": way.id, "level": way.level}, legs, found),)
    if not found.late:
        return replace(told, holds=True, severity="error", table=table)
    return _too_short(replace(told, table=table), legs, found)


def _too_short(told: Judgement, legs: Sequence[Leg], found: feasibility.Slack) -> Judgement:
    late = feasibility.spans(found.late)
    return replace(
        told,
        holds=False,
        severity="warning" if found.fits_ordinarily else "error",
        element=legs[-1].element if legs else "",
        sentence_zh=f"{told.sentence_zh}：以下日期起算的办不完：{'、'.join(late)}",
        sentence=f"{told.sentence}: they do not fit from these dates: {', '.join(late)}",
    )


def _required(form: FormDefinition) -> frozenset[str]:
    return frozenset(one.key for one in form.fields if one.limits.required)


def _traffic(contract: ProcessContract) -> Traffic:
    return Traffic(contract.throws | contract.signals, contract.starts | contract.catches)


def _drawn(asked: Statutes, subject: Subject) -> Drawn | None:
    bundle = subject.bundle
    try:
        model = read_model(bundle.files[bundle.diagram_path])
    except (Invalid, KeyError):
        return None
    tables = {name: one.table for name, one in bundle.read.decisions.items() if one.table}
    names = written_names(subject)
    answered = tuple(asked.answered(bundle.process))
    return Drawn(bundle.process, model, subject.diagram, names, tables, answered)


def _judged(asked: Statutes, ground: Ground) -> Iterator[Judgement]:
    process = ground.process
    for statute in asked.statutes:
        parts = [part for part in statute.parts if part.speaks_of(process)]
        verdicts = [one for part in parts for one in decide(asked, part, ground)]
        if verdicts:
            yield from _told(statute, process, verdicts)


def _told(statute: Statute, process: str, verdicts: Sequence[Verdict]) -> Iterator[Judgement]:
    """Yield one judgement where all holds, else one for each thing that does not."""
    kind = SILENCE if verdicts[0].part.pattern == "escalated" else STATUTE
    held = Judgement(
        kind=kind,
        id=statute.id,
        process=process,
        name_zh=statute.sentence_zh,
        name=statute.sentence,
        article_zh=statute.article_zh,
        article=statute.article,
        sentence_zh=statute.sentence_zh,
        sentence=statute.sentence,
        holds=True,
    )
    others = [one for one in verdicts if one.holds is not True]
    if not others:
        yield held
    for one in others:
        yield replace(
            held,
            holds=one.holds,
            severity="warning" if one.holds is None else "error",
            sentence_zh=_joined(one.part.sentence_zh, one.message_zh, "："),
            sentence=_joined(one.part.sentence, one.message, ": "),
            element=one.element,
            path=one.path,
        )


def _joined(said: str, fault: str, between: str) -> str:
    return f"{said}{between}{fault}" if fault else said
