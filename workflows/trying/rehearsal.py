"""Plays a case on while it is being written down: from its rows so far to its next deed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from engine import clock
from engine.errors import BihuanError
from workflows.demo.zone import load_zone
from workflows.scenarios.loader import Scenario
from workflows.scenarios.player import Played, Player, Story
from workflows.scenarios.runner import Stage
from workflows.scenarios.written import read_all
from workflows.trying.filling import Fill, denied, filled
from workflows.trying.standing import standing
from workflows.trying.trial import Event, Trial, faulty, put_in_force, refused, told


@dataclass(frozen=True)
class Question:
    """A scenario among others by path, played up to its end; and the deed after it, if any."""

    scenarios: Mapping[str, bytes]
    name: str
    fill: Fill | None = None


class Rehearsal:
    """A prepared database, on whose copies stories are played as often as is asked."""

    def __init__(self, folder: Path, trial: Trial) -> None:
        """Put the processes in force; where they do not run as drawn, every answer says so."""
        self._process = trial.process
        self._refused: Event | None = None
        try:
            bundles = trial.bundles
            self._stage = Stage(folder, load_zone, lambda bihuan: put_in_force(bihuan, bundles))
        except BihuanError as error:
            self._refused = refused(error)

    def answer(self, question: Question) -> Event:
        """Play a scenario and say how its case stands; draw or do what is filled in.

        Keys: `faulty` or `refused` where nothing could be played; else `played`, `stands`, and of
        a deed `form`, `row`, and `denied` with the refusal that it met.
        """
        if self._refused is not None:
            return {"refused": self._refused}
        read = {one.name: one for one in read_all(self._process, question.scenarios)}
        written = read.get(question.name)
        if written is None or written.scenario is None:
            return {"faulty": faulty(written) if written is not None else None}
        with self._stage.copied("rehearsal") as bihuan:
            player = Player(bihuan)
            if question.fill is not None and question.fill.kind == "start":
                return _begun(player, written.scenario, question.fill)
            return _played(player, written.scenario, question.fill)


def _played(player: Player, scenario: Scenario, fill: Fill | None) -> Event:
    found: Event = {"stands": None}

    def look(story: Story, played: Played) -> None:
        if fill is not None and played.passed:
            found.update(_attempt(story, fill))
        if story.case:
            found["stands"] = standing(story)

    played = player.play(scenario, look)
    return {**found, "played": told(played)}


def _begun(player: Player, scenario: Scenario, fill: Fill) -> Event:
    """Draw the form of a registration, or register: whatever happened before has happened."""
    for earlier in scenario.before:
        player.play(earlier)
    virtual = clock.VirtualClock(scenario.begins)
    with clock.use(virtual):
        story = Story(player.bihuan, scenario, virtual)
        found = _attempt(story, fill)
        return {**found, "stands": standing(story) if story.case else None}


def _attempt(story: Story, fill: Fill) -> Event:
    """Draw or do a deed; a refusal before any form can be drawn is told by itself."""
    try:
        return filled(story, fill)
    except BihuanError as error:
        return {"form": None, "row": None, "denied": denied(error)}
