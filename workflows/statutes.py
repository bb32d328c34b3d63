"""Judges diagrams by the statutes of the rule set: what an article asks, and where it is broken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from math import inf

from engine.deployment.bundle import Bundle
from engine.deployment.environment import GateEnvironment, ProcessContract
from engine.deployment.known_values import written_names
from engine.deployment.subject import Subject
from engine.errors import Invalid
from engine.forms.definition import FormDefinition
from engine.verification.reading import read_model
from engine.verification.statutes.application import Application, Traffic
from engine.verification.statutes.deciding import Ground, Verdict, decide
from engine.verification.statutes.declarations import EVERY, Part, Statute, Statutes
from engine.verification.statutes.reading import read_statutes
from engine.verification.statutes.steps import Drawn
from engine.verification.statutes.structural import Fault, handed
from workflows import yaml_text
from workflows.domain.rule_set import RULES, SHIPPED, RuleSet, parse, shipped_text
from workflows.judgement import Judgement, Kind, PathStep, Worded, article
from workflows.proving import ways
from workflows.proving.ensured import ensured
from workflows.proving.event_words import EventWords, posted
from workflows.soundness import steps
from workflows.surroundings import Surroundings, of_bundles


@lru_cache(maxsize=4)
def shipped(rule_set: str = SHIPPED[0]) -> Statutes:
    """Return the statutes that the product ships with a rule set."""
    text = (RULES / f"{rule_set}.statutes.yaml").read_text(encoding="utf-8")
    return read_statutes(yaml_text.read(text))


@lru_cache(maxsize=1)
def shipped_rules() -> RuleSet:
    """Return the rule set that the product ships."""
    return parse(shipped_text())


def judge(
    bundles: Sequence[Bundle],
    environment: GateEnvironment,
    *,
    statutes: Statutes | None = None,
    until: float = inf,
) -> list[Judgement]:
    """Return what every statute says of some bundles, and of what others owe to them.

    Args:
        bundles: the processes that are judged; one whose diagram cannot be read is passed over.
        environment: what the application gives to diagrams, with the processes, rules and days in
            force if they are `Surroundings`; else those shipped count.
        statutes: what is asked; those shipped if none are given.
        until: when to stop, as `thread_time` tells it; the rest is "not decided".
    """
    law = environment if isinstance(environment, Surroundings) else of_bundles(environment, {})
    asked, numbers = statutes or shipped(), law.rules or shipped_rules()
    application = ensured(numbers)
    contracts = {**environment.processes, **{one.process: one.contract for one in bundles}}
    around = replace(law, processes=contracts)
    grounds = _grounds(asked, bundles, around, application, until)
    judged = set(grounds)
    found = [one for ground in grounds.values() for one in _judged(asked, ground)]
    found.extend(_of_others(asked, contracts, judged))
    for name in sorted(ways.passed(asked, judged) - judged):
        other = law.beside.get(name)
        if other is not None:
            grounds |= _grounds(asked, [other], around, application, until)
    return [*found, *ways.judge(asked, grounds, judged, numbers, law.calendar)]


def _grounds(
    asked: Statutes,
    bundles: Iterable[Bundle],
    around: Surroundings,
    application: Application,
    until: float,
) -> dict[str, Ground]:
    """Return what statutes are decided on, of the bundles whose diagrams can be read."""
    found = {}
    for bundle in bundles:
        if bundle.diagram is not None:
            subject = Subject(bundle, bundle.diagram, around, around.processes)
            found[bundle.process] = Ground(
                process=bundle.process,
                diagram=bundle.diagram,
                drawn=_drawn(asked, subject),
                application=application,
                required={name: _required(form) for name, form in bundle.read.forms.items()},
                traffic=_all_traffic(around.processes),
                named=EventWords(_in_order(bundle, around.beside)),
                posted=posted,
                until=until,
            )
    return found


def _in_order(bundle: Bundle, beside: Mapping[str, Bundle]) -> list[Bundle]:
    """Return the bundle that is judged, the one that it would replace, and the others."""
    before = beside.get(bundle.process)
    others = [one for name, one in beside.items() if name != bundle.process]
    return [bundle, *([before] if before is not None else []), *others]


def _all_traffic(contracts: Mapping[str, ProcessContract]) -> Mapping[str, Traffic]:
    return {name: _traffic(one) for name, one in contracts.items()}


def _of_others(
    asked: Statutes, contracts: Mapping[str, ProcessContract], judged: Iterable[str]
) -> Iterator[Judgement]:
    """Yield what other processes hand to those judged, where it arrives no more."""
    mine = set(judged)
    traffic = _all_traffic(contracts)
    for statute in asked.statutes:
        for part in statute.parts:
            told = part.pattern == "handed" and part.arguments["to"] in mine
            if told and part.process in contracts and part.process not in mine:
                faults = list(handed(part, traffic))
                verdicts = [_refused(part, one) for one in faults]
                yield from _told(statute, part.process, verdicts, None)


def _refused(part: Part, fault: Fault) -> Verdict:
    return Verdict(part, False, fault.element, None, fault.message_zh, fault.message)


def _required(form: FormDefinition) -> frozenset[str]:
    """Return what has to be filled in whatever else is answered."""
    return frozenset(
        one.key
        for one in form.fields
        if one.limits.required and one.hide is None and not one.readonly
    )


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
            yield from _told(statute, process, verdicts, ground.drawn)


def _told(
    statute: Statute, process: str, verdicts: Sequence[Verdict], drawn: Drawn | None
) -> Iterator[Judgement]:
    """Yield one judgement where all holds, else one for each thing that does not."""
    kind: Kind = "statute"
    if verdicts and verdicts[0].part.pattern == "escalated":
        kind = "silence"
    held = Judgement(
        kind=kind,
        id=statute.id,
        process=process,
        name=Worded(statute.sentence_zh, statute.sentence),
        article=article(statute.article_zh, statute.article),
        sentence=_held(statute, verdicts),
        holds=True,
    )
    others = [one for one in verdicts if one.holds is not True]
    if verdicts and not others:
        yield held
    for one in others:
        yield replace(
            held,
            holds=one.holds,
            severity="error",
            sentence=Worded(
                _joined(one.part.sentence_zh, one.message_zh, "："),
                _joined(one.part.sentence, one.message, ": "),
            ),
            element=one.element,
            path=_path(one, drawn),
        )


def _held(statute: Statute, verdicts: Sequence[Verdict]) -> Worded:
    """Return what holds; it is said of what the process has nothing of, that it does not arise."""
    absent = [one.part for one in verdicts if not one.arises]
    if len(absent) == len(verdicts):
        return Worded(
            f"流程图中没有这类办理，不涉及：{statute.sentence_zh}",
            f"Does not arise, the diagram has nothing of the kind: {statute.sentence}",
        )
    absent = [part for part in absent if part.process != EVERY]
    if not absent:
        return Worded(statute.sentence_zh, statute.sentence)
    zh = "；".join(dict.fromkeys(part.sentence_zh for part in absent))
    en = "; ".join(dict.fromkeys(part.sentence for part in absent))
    return Worded(
        f"{statute.sentence_zh}（流程图中没有、不涉及的：{zh}）",
        f"{statute.sentence} (does not arise: {en})",
    )


def _path(one: Verdict, drawn: Drawn | None) -> tuple[PathStep, ...]:
    return steps(drawn.model, one.path) if one.path is not None and drawn is not None else ()


def _joined(said: str, fault: str, between: str) -> str:
    return f"{said}{between}{fault}" if fault else said
