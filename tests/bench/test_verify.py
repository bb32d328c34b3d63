"""The verifier's figures: one run a diagram, the same states every time."""

from __future__ import annotations

from workflows.app import gate_environment
from workflows.bench.tables import table
from workflows.bench.verify import runs
from workflows.deploying import bundles


def test_a_process_and_families_are_measured() -> None:
    measured = dict(runs(bundles(["void_request"]), gate_environment()))
    assert len(measured) > 15
    told: list[int] = []
    process = measured["void_request"](lambda done, _of: told.append(done))
    assert told == [1, 2, 3, 4, 5]
    assert (process["subject"], process["all_hold"], process["sound"]) == (
        "void_request",
        True,
        True,
    )
    branches = measured["017 parallel branches"](lambda _done, _of: None)
    assert (branches["elements"], branches["states"]) == (21, 40)
    assert branches["ms"] > 0
    lines = table("verify", [{"workload": "verify", **one} for one in (process, branches)])
    assert "| 017 parallel branches | 21 | 36 | 40 |" in lines
