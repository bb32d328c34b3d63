"""Every text that an operation may answer, and every flag that an act writes beyond its form.

The verifier follows these values through the diagrams; what an operation or act writes and does
not say here would let it prove what is not so. A test holds both against what the scenarios do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.verification.names import UNKNOWN, Write

_WATCH: Final = ("waiting", "open", "fix", "done")
_VERDICT: Final = ("pass", "fail")

ANSWERS: Final[Mapping[str, tuple[str, ...]]] = {
    "deadline.expire": ("rectification", "order", "final"),
    "recheck.conclude": _VERDICT,
    "listing.next_report": ("enterprise", "authority"),
    "extension.decide": ("effective", "refused", "returned"),
    "enforcement.lapse": ("stands", "lapsed"),
    "interview.final_date": _WATCH,
    "interview.undecided": _WATCH,
}

ACT_WRITES: Final[Mapping[str, tuple[Write, ...]]] = {
    "extension.request": (Write("request", (UNKNOWN,)),),
    "level.confirm": (Write("level", ("major",), keeps=True),),
    "recheck.second": (Write("result", _VERDICT),),
    "interview.fix_final": (Write("watch", _WATCH),),
    "enforcement.decide": tuple(
        Write(name, (True, False)) for name in ("stop_measures", "penalty", "power_cut", "referral")
    ),
}
