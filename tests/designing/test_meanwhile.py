"""A version goes live while cases begin: each case has one version whole, and none is lost."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from engine.store.cases import Instance
from tests.designing.roads import AGENCY, who
from tests.web.visitor import register
from workflows.app import Bihuan
from workflows.designing import beginning, drafts, going_live, reviewing, saving

pytestmark = pytest.mark.usefixtures("copied")

PROCESS = "hazard_rectification"
DIAGRAM = f"{PROCESS}.bpmn"
CASES = 6


def ready(bihuan: Bihuan) -> str:
    """Return an approved draft in which one form says something else."""
    draft = beginning.begin(bihuan.database, who(bihuan), AGENCY, PROCESS, 1)
    with bihuan.database.read() as session:
        text = drafts.files(session, draft.id)[DIAGRAM].decode()
    change = (DIAGRAM, text.replace('name="整改并报告完成"', 'name="整改并报告"'), 1)
    saving.save(bihuan.database, who(bihuan), AGENCY, draft.id, change)
    digest = reviewing.propose(bihuan, who(bihuan), draft.id, 2).digest or ""
    reviewing.approve(bihuan, who(bihuan, "designer2"), draft.id, digest)
    return draft.id


def test_cases_begin_while_a_version_goes_live(bihuan: Bihuan) -> None:
    draft, begun = ready(bihuan), list[str]()
    deploying = threading.Thread(target=going_live.go_live, args=(bihuan, who(bihuan), draft))

    def begin() -> None:
        begun.append(register(bihuan, description=f"第{len(begun)}件"))

    begin()
    deploying.start()
    while deploying.is_alive() and len(begun) < CASES:
        begin()
    deploying.join()
    begin()
    with bihuan.database.read() as session:
        rows = session.execute(
            select(Instance.case_id, Instance.version).where(Instance.process == PROCESS)
        )
        found = {row[0]: row[1] for row in rows}
        assert drafts.one(session, AGENCY, draft).version == 2
    assert set(found) == set(begun)
    assert (found[begun[0]], found[begun[-1]]) == (1, 2)
    versions = [found[case] for case in begun]
    assert versions == sorted(versions)
