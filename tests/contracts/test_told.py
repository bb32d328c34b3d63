"""Every act is classed: whose it is to know that it is awaited, and that it was done."""

from __future__ import annotations

import re
from pathlib import Path

from webapp.presentation.labels import ACTS as NAMED
from workflows.domain import told
from workflows.domain.acts import ACTS as OFFERED
from workflows.domain.completions import COMPLETIONS
from workflows.domain.told import Told

PROCESSES = Path(__file__).parents[2] / "workflows" / "processes"
ACT = re.compile(r'name="act" value="([^"]+)"')


def test_every_act_of_every_shipped_process_is_classed() -> None:
    drawn = {
        act for file in PROCESSES.glob("*/*.bpmn") for act in ACT.findall(file.read_text("utf-8"))
    }
    written = {name.partition(":")[0] for name in COMPLETIONS}
    assert drawn
    assert sorted((drawn | written | set(OFFERED) | set(NAMED)) - set(told.ACTS)) == []


def test_an_act_that_nobody_classed_stays_among_authorities() -> None:
    assert told.class_of("act.unknown").step is Told.OPINIONS
    assert told.class_of("act.unknown").record is Told.OPINIONS


def test_a_process_whose_tokens_are_kept_back_exists() -> None:
    assert set(told.PROCESSES) <= {file.parent.name for file in PROCESSES.glob("*/*.bpmn")}
