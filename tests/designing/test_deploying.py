"""Deploying beside people at work: verified before anybody is locked out, and nothing overtaken."""

from __future__ import annotations

from typing import Any

import pytest

from engine import clock
from engine.deployment.deploy import deploy
from engine.errors import Conflict
from engine.ports import SYSTEM
from tests.designing.editor import PROCESS
from tests.designing.roads import AGENCY, changed, latest
from tests.domain import designers
from workflows import deploying
from workflows.app import Bihuan
from workflows.deploying import bundles, deploy_bundles
from workflows.designing import examining
from workflows.verifying import examine

pytestmark = pytest.mark.usefixtures("copied")


def test_others_write_while_it_is_verified(bihuan: Bihuan, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = []

    def slowly(*given: Any) -> Any:
        begun.append(changed(bihuan).id)
        return examine(*given)

    monkeypatch.setattr(deploying, "examine", slowly)
    (done,) = deploy_bundles(bihuan, bundles([PROCESS]))
    assert (done.version, done.new, len(begun)) == (1, False, 1)


def test_what_went_live_meanwhile_is_not_overtaken(
    bihuan: Bihuan, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(*given: Any) -> Any:
        environment = bihuan.gate_environment()
        with bihuan.database.begin() as session:
            deploy(session, [designers.visit()], environment, actor=SYSTEM, now=clock.now())
        return examine(*given)

    monkeypatch.setattr(deploying, "examine", overtaken)
    with pytest.raises(Conflict, match="went live meanwhile"):
        deploy_bundles(bihuan, bundles([PROCESS]))
    assert latest(bihuan) == 1


def test_a_draft_is_examined_beside_the_fields_of_forms_in_force(bihuan: Bihuan) -> None:
    with bihuan.database.begin() as session:
        gate = bihuan.gate_environment()
        deploy(session, [designers.visit()], gate, actor=SYSTEM, now=clock.now())
    with bihuan.database.read() as session:
        around = examining.surroundings(session, AGENCY, bihuan.gate_environment())
    assert around.processes[designers.PROCESS].fields["visit_height"] == "number"
