"""What a walk is bent on: chance alone comes too rarely to where some rules matter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

ALWAYS = 0.75
"""How often a bent walk gives the answer that it is bent on."""


@dataclass(frozen=True)
class Bent:
    """Which answers, tasks and acts a walk prefers, how often it asks for more time or trespasses.

    `tasks` and `acts` weigh; `words` are answers given wherever a task takes them.
    """

    words: frozenset[str] = frozenset()
    tasks: Mapping[str, float] = field(default_factory=dict)
    acts: Mapping[str, float] = field(default_factory=dict)
    asks: float = 0.3
    acting: float = 0.1
    trespasses: float = 0.06
    level: str = ""
    finder: str = ""


_GRANTING = {"sign_park": 6.0, "sign_department": 6.0, "sign_leader": 6.0, "rectify": 0.1}
_EXTENDING = _GRANTING | {"file": 4.0}
_OBJECTING = _GRANTING | {"file": 20.0, "objection": 4.0}
"""Filed at once: once a further request rests on an extension nobody objects to it any more."""

_UNANSWERED = _GRANTING | {"issuer_reply": 0.05, "rectify": 1.0, "recheck": 6.0}
"""The issuer of an order keeps silent, and the hazard is fixed meanwhile."""

_UNDATED = (
    dict.fromkeys(("propose_host", "confirm_host", "schedule", "hold"), 12.0)
    | dict.fromkeys(("sign_park", "sign_department", "rectify"), 0.1)
    | {"expiry_recheck": 0.1, "fix_final": 0.5}
)
"""Interviewed beside a request that nobody answers, which is then refused or withdrawn."""

PLAIN = Bent()
BENTS = (
    PLAIN,
    PLAIN,
    Bent(frozenset({"agree", "file"}), _EXTENDING, asks=0.9, trespasses=0.2),
    *(Bent(frozenset({"agree", "object", "uphold"}), _OBJECTING),) * 2,
    *(Bent(frozenset({"agree", "object", "dismiss"}), _OBJECTING),) * 2,
    Bent(frozenset({"return"}), {"sign_park": 6.0, "resubmit": 0.3, "rectify": 0.1}, asks=0.9),
    Bent(frozenset({"refuse"}), {"sign_park": 4.0, "sign_department": 4.0}, asks=0.9),
    Bent(
        frozenset({"major"}),
        {"rectify": 0.1, "submit_plan": 0.3},
        {"level.lower": 2.0, "level.raise": 0.3, "level.raise_propose": 2.0, "listing.open": 0.5},
        acting=0.3,
        trespasses=0.15,
        level="major",
    ),
    Bent(
        tasks={"rectify": 0.05, "expiry_recheck": 0.1, "hold": 6.0, "schedule": 6.0},
        words=frozenset({"no_show", "postponed", "fail"}),
        asks=0.1,
        trespasses=0.15,
    ),
    Bent(
        frozenset({"major"}),
        {"decide": 6.0, "power_cut": 0.3, "stop_measures": 0.3, "rectify": 0.2},
        {"level.lower": 1.0},
        trespasses=0.2,
        level="major",
    ),
    Bent(
        frozenset({"held", "fail"}),
        dict.fromkeys(("propose_host", "confirm_host", "schedule", "hold"), 12.0)
        | {"sign_park": 0.02, "sign_department": 0.02, "rectify": 0.02, "expiry_recheck": 0.1},
        {"extension.withdraw": 0.01, "level.raise": 0.02, "level.lower": 0.02}
        | {"level.raise_propose": 0.02},
        asks=0.9,
    ),
    Bent(frozenset({"agree", "pass", "order"}), _UNANSWERED, asks=0.9, finder="bureau"),
    Bent(frozenset({"held", "refuse", "fail"}), _UNDATED, {"extension.withdraw": 3.0}, asks=0.9),
)
"""Among them two that are bent on nothing: what nobody thought of is met by chance."""


def drawn(rng: Random) -> Bent:
    """Return what a walk is bent on."""
    return rng.choice(BENTS)
