"""Two versions of a process beside each other: on the page and on the command line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from click.testing import CliRunner

from tests.api.newer import PROCESS, deploy_newer, drawn
from tests.web.visitor import Visitor
from workflows.app import Bihuan
from workflows.cli.root import main
from workflows.designing.tables import DraftFileRow

Visit = Callable[..., Visitor]

DIFF = f"/definitions/{PROCESS}/2/diff/1"


def test_the_page_lists_what_changed_and_draws_both(visit: Visit, bihuan: Bihuan) -> None:
    deploy_newer(bihuan)
    visitor = visit("designer")
    assert f'href="{DIFF}"' in visitor.get(f"/definitions/{PROCESS}/2").text
    page = visitor.get(DIFF).text
    assert "共 4 处不同：新增 1，删除 1，修改 2，移动 0。" in page
    assert "任务“核定等级”的时限由 1 个工作日改为 3 个工作日" in page
    for number in (1, 2):
        assert f"/definitions/{PROCESS}/{number}/zh.bpmn" in page
    assert 'data-compare-mark="second_opinion" data-change="added"' in page
    assert visitor.get(f"/definitions/{PROCESS}/1/diff/2").text.count("第 1 版 → 第 2 版") == 1


def test_the_page_speaks_english(visit: Visit, bihuan: Bihuan) -> None:
    deploy_newer(bihuan)
    page = visit("designer", "en").get(DIFF).text
    assert "Task “Confirm the level”: limit 1 working day → 3 working days" in page
    assert "Version 1 → version 2" in page


def test_a_version_beside_itself_has_nothing_to_tell(visit: Visit) -> None:
    assert "两版内容相同" in visit("designer").get(f"/definitions/{PROCESS}/1/diff/1").text


@pytest.mark.parametrize("address", [f"/definitions/{PROCESS}/9/diff/1", "/definitions/x/1/diff/1"])
def test_a_version_that_is_not_there_is_not_found(visit: Visit, address: str) -> None:
    assert visit("designer").get(address).status_code == 404


def test_the_command_compares_versions_and_the_source(
    bihuan: Bihuan, monkeypatch: pytest.MonkeyPatch
) -> None:
    deploy_newer(bihuan)
    monkeypatch.setenv("DATABASE_URL", bihuan.settings.database_url)
    monkeypatch.setenv("BIHUAN_DATA_DIR", str(bihuan.settings.data_directory))
    found = CliRunner().invoke(main, ["diff", PROCESS, "1", "2", "--json"])
    changes = json.loads(found.stdout)["changes"]
    assert [one["change"] for one in changes] == ["changed", "changed", "added", "removed"]
    back = CliRunner().invoke(main, ["diff", PROCESS])
    assert "3 个工作日改为 1 个工作日" in back.stdout, "from the version in force to the source"
    gone = CliRunner().invoke(main, ["diff", PROCESS, "7", "1"])
    assert gone.exit_code == 1


def test_a_draft_is_compared_with_what_it_began_from(visit: Visit, bihuan: Bihuan) -> None:
    visitor = visit("designer")
    at = f"/definitions/{PROCESS}/1"
    begun = visitor.post(f"/definitions/{PROCESS}/drafts", {"version": "1"}, token_of=at)
    draft = begun.location.rpartition("/")[2]
    with bihuan.database.begin() as session:
        row = session.get_one(DraftFileRow, (draft, f"{PROCESS}.bpmn"))
        row.content = drawn(bytes(row.content).decode()).encode()
    page = visitor.get(f"/drafts/{draft}/diff").text
    assert "任务“核定等级”的时限由 1 个工作日改为 3 个工作日" in page
    address = re.findall(rf"/drafts/{draft}/drawn/[^\"]+", page)[0]
    sent = visitor.client.get(address)
    assert b"second_opinion" in sent.data
    assert "sandbox" in sent.headers["Content-Security-Policy"]
    assert f'href="/drafts/{draft}/diff"' in visitor.get(f"/drafts/{draft}").text
    assert (
        "<h1>Hazard rectification</h1>"
        in visit("designer", "en").get(f"/drafts/{draft}/diagram").text
    )
