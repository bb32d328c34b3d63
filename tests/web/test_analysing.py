"""The page that shows what history says of a process, to those who may see its figures."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape

import pytest

from engine.store import queries
from tests.api.newer import PROCESS, deploy_newer
from tests.web.visitor import Visitor, actor, register
from workflows.app import Bihuan

Visit = Callable[..., Visitor]

PAGE = f"/definitions/{PROCESS}/analysis"


@pytest.fixture
def second(bihuan: Bihuan) -> str:
    """A case that stands where the newer version has another step."""
    case = register(bihuan, proposed_level="major", criterion="判定标准第三条")
    with bihuan.database.read() as session:
        [task] = queries.case_tasks(session, case, status="open")
    proposal = {"level": "major", "criterion": "判定标准第三条", "reason": "符合"}
    bihuan.runtime.complete_task(actor(bihuan, "inspector1"), task.id, proposal)
    deploy_newer(bihuan)
    return case


def test_figures_stand_on_the_diagram_and_in_tables(
    visit: Visit, bihuan: Bihuan, second: str
) -> None:
    page = visit("designer").get(PAGE).text
    assert "统计了 1 件案件的 1 次流程" in page
    found = re.search(r'data-heat="([^"]+)"', page)
    assert found
    marks = json.loads(unescape(found[1]))
    assert marks["steps"]["opened"]["propose_major"] == [5, "1"]
    assert marks["ways"]["f_g_level_second_proposal"][0] == 5
    assert "从“重大？”到“第二人复核”：现行版本中这条连线通向别处" in page


def test_a_designer_is_told_no_case_and_the_office_which(
    visit: Visit, bihuan: Bihuan, second: str
) -> None:
    assert f"/cases/{second}" not in visit("designer").get(PAGE).text
    page = visit("office").get(PAGE).text
    assert f'href="/cases/{second}"' in page
    assert re.search(r"\d+ 步中的 \d+ 步（\d+%）", page)


def test_what_there_is_not_counts_as_not_asked_for(visit: Visit, second: str) -> None:
    visitor = visit("designer", "en")
    for asked in ("period=7&level=none&version=x", "version=" + "9" * 40, "version=9"):
        assert visitor.get(f"{PAGE}?{asked}").status_code == 200
    assert "No case of the period ran this process" in visitor.get(f"{PAGE}?version=9").text


def test_who_may_not_see_figures_is_offered_none(visit: Visit, bihuan: Bihuan) -> None:
    shown = f"/definitions/{PROCESS}/1"
    assert f'href="{PAGE}"' in visit("designer").get(shown).text
    park = visit("park_east")
    assert f'href="{PAGE}"' not in park.get(shown).text
    assert park.get(PAGE).status_code == 403
    assert visit("designer").get("/definitions/none/analysis").status_code == 404
