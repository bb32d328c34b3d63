"""The program behind a rehearsal of the trial in a file: a line asks, a line answers."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from workflows.trying.child import coded, decoded, unpacked, within_memory
from workflows.trying.filling import Fill
from workflows.trying.rehearsal import Question, Rehearsal


def asked(question: Question) -> bytes:
    """Return a question as the program reads it."""
    fill = question.fill
    value = {
        "scenarios": coded(question.scenarios),
        "name": question.name,
        "fill": vars(fill) if fill is not None else None,
    }
    return json.dumps(value).encode()


def read(line: bytes) -> Question:
    """Return the question of a line."""
    value: dict[str, Any] = json.loads(line)
    fill = Fill(**value["fill"]) if value["fill"] is not None else None
    return Question(decoded(value["scenarios"]), value["name"], fill)


def main() -> None:
    """Answer until nobody asks any more."""
    told = sys.stdout
    sys.stdout = sys.stderr  # nothing else may speak between the lines
    with within_memory(), tempfile.TemporaryDirectory(prefix="bihuan-rehearsal-") as folder:
        trial = unpacked(Path(sys.argv[1]).read_bytes())
        rehearsal = Rehearsal(Path(folder), trial)
        for line in sys.stdin.buffer:
            answer = rehearsal.answer(read(line))
            told.write(json.dumps(answer, ensure_ascii=False, default=str) + "\n")
            told.flush()


if __name__ == "__main__":
    main()
