"""The commands of a walk as plain data, so that a failure can be printed and played again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Command:
    """One step: who does what, with what data, and whether it must be refused.

    Kinds: `register`, `task`, `act`, `wait` (the clock alone moves to `name`), `sweep`.
    """

    kind: str
    person: str = ""
    name: str = ""
    number: int | None = None
    data: dict[str, Any] = field(default_factory=dict)
    lawful: bool = True
    twice: bool = False
    seen_version: int | None = None

    def line(self) -> str:
        """Return the command as one line of a script."""
        bare = asdict(Command(self.kind))
        kept = {k: v for k, v in asdict(self).items() if k == "kind" or v != bare[k]}
        return json.dumps(kept, ensure_ascii=False)


def script(seed: int, start: str, commands: list[Command]) -> str:
    """Return a walk as a script that `python -m tests.walks play FILE` does again."""
    head = json.dumps({"seed": seed, "start": start})
    return "\n".join([head, *(one.line() for one in commands)])


def read_script(text: str) -> tuple[int, str, list[Command]]:
    """Return the seed, the beginning and the commands of a script."""
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    head, *rest = lines
    return int(head["seed"]), str(head["start"]), [Command(**line) for line in rest]
