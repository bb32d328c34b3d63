"""The form of a simulation: what may be chosen, what was sent, what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from sqlalchemy.orm import Session

from engine.errors import NotFound
from engine.ports import Actor
from engine.store import definitions
from webapp.i18n.language import both, current_language, t
from webapp.presentation.remaining import instant_words
from webapp.studio.draft_list import title_words
from webapp.studio.simulation_words import load_words, post_words
from workflows.designing import drafts
from workflows.designing.people import names_of
from workflows.simulating import asking, kept
from workflows.simulating.asking import Asked
from workflows.simulation import versions
from workflows.simulation.behaviour import shipped

STATES = {
    kept.WAITING: ("simulation.state_waiting", "info"),
    kept.PLAYING: ("simulation.state_playing", "info"),
    kept.DONE: ("simulation.state_done", "done"),
    kept.REFUSED: ("simulation.state_refused", "danger"),
    kept.CANCELLED: ("simulation.state_cancelled", ""),
}
"""What each state is called, and its tone."""

_NUMBERS = {"cases": "1000", "replications": "5", "seed": "1", "per_year": "", "target_hours": "4"}
_DIGITS = 9


@dataclass(frozen=True)
class Choice:
    """One choice of a list."""

    value: str
    words: str


@dataclass(frozen=True)
class Post:
    """A post with how many people it has."""

    name: str
    words: str
    usual: int
    sent: str


@dataclass(frozen=True)
class Listed:
    """One simulation in the list."""

    address: str
    at: str
    who: str
    versions: str
    size: str
    state: str
    tone: str


@dataclass(frozen=True)
class FormPage:
    """What the page shows."""

    process: str
    name: str
    versions: Sequence[Choice]
    loads: Sequence[Choice]
    posts: Sequence[Post]
    changed: bool
    """Whether some post has another number of people than usual."""

    sent: Mapping[str, str]
    example: str
    kept: Sequence[Listed]


def form_page(
    session: Session, actor: Actor, agency: str, process: str, sent: Mapping[str, str]
) -> FormPage:
    """Return the page; NotFound where there is no such process, NotAllowed for strangers."""
    found = kept.recent(session, actor, agency, process)
    choices = choices_of(session, agency, process)
    posts = list(_posts(sent))
    names = names_of(session, {one.person for one in found})
    example = next(iter(versions.examples(process)), None)
    way = url_for(
        "drafts.simulation",
        process=process,
        first=choices[0].value,
        second=f"{asking.EXAMPLE}:{example.id}" if example else "",
        cases=2000,
        replications=10,
    )
    return FormPage(
        process=process,
        name=process_name(session, agency, process),
        versions=choices,
        loads=[_load(name) for name in shipped().raw["loads"]],
        posts=posts,
        changed=any(one.sent not in ("", str(one.usual)) for one in posts),
        sent={**_NUMBERS, "first": choices[0].value, "second": "", "load": "zone", **sent},
        example=way if example else "",
        kept=[_listed(one, both(*names[one.person]), choices) for one in found],
    )


def choices_of(session: Session, agency: str, process: str) -> list[Choice]:
    """Return the versions of a process, the one in force first, its drafts and its examples."""
    known = sorted(
        definitions.versions(session, process, agency=agency),
        key=lambda one: (not one.active, -one.version),
    )
    if not known and not any(d.process == process for d in drafts.listed(session, agency)):
        raise NotFound(f"Expected a process {process}, but there is none", f"没有流程 {process}")
    found = []
    for one in known:
        words = t("studio.version_number", version=one.version)
        if one.active:
            words += f" · {t('simulation.in_force')}"
        found.append(Choice(f"{asking.VERSION}:{one.version}", words))
    for draft in drafts.listed(session, agency, process=process):
        if draft.state not in drafts.OVER:
            words = t("simulation.draft", title=title_words(draft))
            found.append(Choice(f"{asking.DRAFT}:{draft.id}", words))
    for example in versions.examples(process):
        words = both(example.zh, example.en)
        found.append(Choice(f"{asking.EXAMPLE}:{example.id}", words))
    return found


def process_name(session: Session, agency: str, process: str) -> str:
    """Return what a process is called; its id while it has no version."""
    newest = definitions.latest(session, process, agency=agency)
    return both(newest.name_zh, newest.name) if newest else process


def version_words(name: str, choices: Sequence[Choice]) -> str:
    """Return what a version is called; one that is gone by its name."""
    return next((one.words for one in choices if one.value == name), name)


def asked_of(process: str, sent: Mapping[str, str]) -> Asked:
    """Return what was asked for; a number that is none becomes one out of bounds."""
    usual = {one.name: one.usual for one in _posts({})}
    staff = {post: _number(sent.get(f"staff.{post}", ""), number) for post, number in usual.items()}
    return Asked(
        process=process,
        first=sent.get("first", ""),
        second=sent.get("second", ""),
        cases=_number(sent.get("cases", "")),
        replications=_number(sent.get("replications", "")),
        seed=_number(sent.get("seed", "")),
        load=sent.get("load", ""),
        per_year=_number(sent.get("per_year", ""), 0),
        history=sent.get("history") == "yes",
        target_post=sent.get("target_post", ""),
        target_hours=_number(sent.get("target_hours", ""), 0),
        staff={post: number for post, number in staff.items() if number != usual[post]},
    )


def _number(text: str, empty: int = -1) -> int:
    stripped = text.strip()
    if not stripped:
        return empty
    whole = stripped.isascii() and stripped.isdecimal() and len(stripped) <= _DIGITS
    return int(stripped) if whole else -1


def _posts(sent: Mapping[str, str]) -> Sequence[Post]:
    return [
        Post(
            f"{body}.{post}",
            post_words(f"{body}.{post}"),
            int(usual),
            sent.get(f"staff.{body}.{post}", str(usual)),
        )
        for body, one in shipped().raw["bodies"].items()
        for post, usual in one["staff"].items()
    ]


def _load(name: str) -> Choice:
    count = int(shipped().raw["loads"][name]["per_year"]["value"])
    return Choice(name, f"{load_words(name)} · {t('simulation.a_year', count=f'{count:,}')}")


def _listed(one: kept.Kept, who: str, choices: Sequence[Choice]) -> Listed:
    first = version_words(one.asked.first, choices)
    words = first
    if one.asked.second:
        second = version_words(one.asked.second, choices)
        words = t("simulation.against", first=first, second=second)
    return Listed(
        address=url_for("drafts.simulated", process=one.process, simulation_id=one.id),
        at=instant_words(one.created_at, current_language()),
        who=who,
        versions=words,
        size=t("simulation.size_words", cases=f"{one.asked.cases:,}", times=one.asked.replications),
        state=t(STATES[one.state][0]),
        tone=STATES[one.state][1],
    )
