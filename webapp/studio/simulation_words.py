"""What a simulation speaks of, in the reader's words: times, shares, posts, steps, figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from webapp.i18n.diagrams import SHORT, WORDS
from webapp.i18n.language import both, current_language, t
from webapp.presentation.labels import LEVELS, ROLES
from workflows.simulation.behaviour import shipped

_HOURS_OF_A_DAY: Final = 24
_TWO_DAYS: Final = 48
_POSTS: Final = {
    "in_charge": ("分管领导", "leader in charge"),
    "principal": ("主要领导", "principal leader"),
}
_FIGURES: Final = {
    "hours/decided_after": "simulation.decided_after",
    "sum/granted": "simulation.sum_granted",
    "sum/refused": "simulation.sum_refused",
    "sum/interviews": "simulation.sum_interviews",
    "sum/enforcements": "simulation.sum_enforcements",
}
_OF_LEVELS: Final = {
    "days/{}/median": "simulation.days_median",
    "days/{}/p90": "simulation.days_p90",
    "share/{}/overdue": "simulation.overdue_share",
}


def hours_words(hours: float | None) -> str:
    """Return a time: minutes below an hour, days from two on."""
    if hours is None:
        return "—"
    if hours < 1:
        return t("simulation.minutes", count=round(hours * 60))
    if hours < _TWO_DAYS:
        return t("simulation.hours", count=f"{hours:.1f}")
    return t("simulation.days", count=f"{hours / _HOURS_OF_A_DAY:.1f}")


def days_words(days: float | None) -> str:
    """Return a time that is known in days."""
    return hours_words(None if days is None else days * _HOURS_OF_A_DAY)


def share_words(share: float | None) -> str:
    """Return a share of a hundred."""
    return "—" if share is None else f"{share * 100:.1f}%"


def level_words(level: str) -> str:
    """Return what a level is called; a group that is none as it is."""
    return both(*LEVELS[level]) if level in LEVELS else level


def post_words(post: str) -> str:
    """Return body and post in words."""
    body, _, role = post.partition(".")
    known = shipped().raw["bodies"].get(body, {})
    named = both(known.get("zh", body), known.get("en", body))
    words = _POSTS.get(role) or ROLES.get(role) or (role, role)
    return f"{named} · {both(*words)}"


def step_words(step: Mapping[str, Any]) -> str:
    """Return what a step is called; in English as its diagram is drawn."""
    name, documented = str(step["name"]), str(step.get("documentation") or "")
    if current_language() == "zh":
        return name
    return SHORT.get(name) or documented.partition("\n")[0] or WORDS.get(name, name)


def load_words(load: str) -> str:
    """Return what a load is called."""
    known = shipped().raw["loads"].get(load, {})
    return both(known.get("zh", load), known.get("en", load))


def figure_words(name: str, steps: Mapping[tuple[str, str], Mapping[str, Any]]) -> str | None:
    """Return what a compared figure is; None for one that the page does not show."""
    if name in _FIGURES:
        return t(_FIGURES[name])
    for pattern, key in _OF_LEVELS.items():
        for level in LEVELS:
            if name == pattern.format(level):
                return t(key, level=level_words(level))
    kind, _, rest = name.partition("/")
    process, _, element = rest.partition("/")
    if kind == "step" and (process, element) in steps:
        return t("simulation.step_hours", step=step_words(steps[process, element]))
    return None


def measure_of(name: str) -> Callable[[Any], str]:
    """Return how a compared figure is written."""
    if name.startswith("share/"):
        return share_words
    return _plain


def _plain(value: float) -> str:
    return f"{value:,.1f}"
