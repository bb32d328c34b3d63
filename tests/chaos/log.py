"""What the rounds came to, in words: what was done to whom, what was promised, what held."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from engine import clock

HELD = (
    "every acknowledged act is there exactly once, none half-done, no incident; "
    "bihuan db check --deep agrees: chains, states, task rows, deadlines, ledger, evidence, keys"
)

Found = Mapping[str, Any]


def say(text: str) -> None:
    """Write a paragraph."""
    print(text, flush=True)  # noqa: T201


def told(name: str, found: Found) -> str:
    """Return what one round came to."""
    at = clock.now().astimezone(UTC)
    head = f"{at:%Y-%m-%d %H:%M:%S}Z  {name}: {_verdict(found)}"
    if "broken" in found:
        return f"{head}\n  {found['broken']}\n"
    if "left out" in found:
        return f"{head}: {found['left out']}\n"
    lines = found.get("said") or {
        "done to it": _counts({**found["kills"], **found["harms"]}),
        "acknowledged": f"{found['registered']} registrations, {found['completed']} completions "
        f"to {found['clients']} clients in {found['seconds']} s",
        "dates passed": f"{found['expired']}, each recorded once",
        "asked again": _counts(found["repeats"]),
        "read by the check": _counts(found["read"]),
        "held": HELD,
    }
    return "\n".join([head, *(f"  {what:<18} {said}" for what, said in lines.items()), ""])


def summed(found: Mapping[str, Found]) -> str:
    """Return one line a round."""
    lines = []
    for name, one in found.items():
        done = sum(one.get("kills", {}).values()) + sum(one.get("harms", {}).values())
        shown = f"{one.get('completed', 0):>6} completions {done:>6} harms"
        rest = f"inbox p95 {one['p95']} ms" if "p95" in one else _counts(one.get("kills", {}))
        lines.append(f"  {name:<22}{_verdict(one):<10}{shown}  {rest}")
    completed = sum(one.get("completed", 0) for one in found.values())
    return "\n".join([f"Altogether {completed} completions", *lines])


def _verdict(found: Found) -> str:
    if "left out" in found:
        return "left out"
    return "BROKEN" if "broken" in found else "held"


def _counts(found: Found) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(found.items())) or "nothing"
