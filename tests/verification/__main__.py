"""Writes the table of mutants into the designer's manual: `python -m tests.verification`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tests.verification.mutation import every_mutant, judged, table

MANUAL = Path(__file__).parents[2] / "docs" / "designer.md"
_PLACE = re.compile(r"(<!-- mutants: begin -->).*?(<!-- mutants: end -->)", re.DOTALL)


def main(processes: list[str]) -> None:
    """Judge every mutant; name what nobody found."""
    wanted = [one for one in every_mutant() if not processes or one.process in processes]
    found = []
    for number, mutant in enumerate(wanted, 1):
        found.append(judged(mutant))
        sys.stderr.write(f"\r{number}/{len(wanted)}")
    text = "\n".join(table(found))
    survivors = [one.mutant.name for one in found if one.by == "survives"]
    sys.stdout.write("\n".join(["", text, *survivors, ""]))
    if not processes:
        manual = MANUAL.read_text(encoding="utf-8")
        MANUAL.write_text(_PLACE.sub(rf"\1\n\n{text}\n\n\2", manual), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
