"""What a task does follows from its act and its case, whatever a diagram calls the task."""

from __future__ import annotations

import re
from dataclasses import replace

from sqlalchemy import select

from engine import clock
from engine.deployment.deploy import deploy
from engine.ports import SYSTEM
from engine.store.tables import TaskBar
from tests.api.harness import Zone
from tests.api.newer import PROCESS
from tests.api.roads import CLAUSE
from workflows import deploying
from workflows.app import Bihuan


def renamed(product: Bihuan, task: str, other: str) -> None:
    """Deploy the shipped main process with another id of one task."""
    [shipped] = deploying.bundles([PROCESS])
    path = f"{PROCESS}.bpmn"
    drawn = re.sub(rf"(?<!value=\")\b{task}\b", other, shipped.files[path].decode())
    files = {**shipped.files, path: drawn.encode()}
    now, agency = clock.now(), product.settings.agency
    environment = product.gate_environment()
    with product.database.begin() as session:
        bundle = replace(shipped, files=files)
        deploy(session, [bundle], environment, actor=SYSTEM, now=now, agency=agency)


def test_a_major_level_is_confirmed_by_a_third_person(zone: Zone) -> None:
    renamed(zone.bihuan, "confirm_major", "answer_major")
    case = zone.begin(criterion=CLAUSE)
    named = {"level": "major", "criterion": CLAUSE, "reason": "无报警"}
    zone.do("bureau_deputy", case, "propose_major", **named)
    zone.do("inspector2", case, "second_proposal", decision="agree")
    answer = {"decision": "agree", "criterion": CLAUSE}
    with zone.bihuan.database.read() as session:
        task = zone.task(case, "answer_major")
        barred = set(session.scalars(select(TaskBar.person).where(TaskBar.task_id == task)))
    assert {"bureau_deputy", "inspector2"} <= barred
    zone.do("bureau_head", case, "answer_major", **answer)
    assert zone.case(case)["level"] == "major"
