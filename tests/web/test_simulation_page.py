"""The page of simulations: asked for, played by the worker, read in both languages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

import pytest
from click.testing import CliRunner
from sqlalchemy import update

from tests.web.visitor import Visitor
from workflows.app import Bihuan
from workflows.cli.root import main
from workflows.leasing import MOST
from workflows.simulating import asking, kept
from workflows.simulating.tables import SimulationRow
from workflows.simulating.worker import Simulating
from workflows.simulation import studies

Visit = Callable[..., Visitor]
PAGE = "/definitions/extension_request/simulation"
SMALL = {"first": "version:1", "second": "", "load": "zone", "cases": "60", "replications": "1"}
PAIR = SMALL | {"second": "example:single_signer", "replications": "3", "cases": "150"}


def play(bihuan: Bihuan) -> None:
    worker = Simulating(bihuan)
    while worker.step():
        pass


def asked(visitor: Visitor, **more: str) -> str:
    """Return the address of a simulation that was asked for."""
    sent = visitor.post(PAGE, {**SMALL, "seed": "1", **more})
    assert sent.status_code == 303, re.findall(r'field-error"[^<]*<|flash-error.*', sent.text)
    return str(sent.headers["Location"])


def test_a_simulation_waits_is_played_and_is_kept(visit: Visit, bihuan: Bihuan) -> None:
    visitor = visit("designer")
    address = asked(visitor)
    assert "等待计时进程" in visitor.get(address).text
    play(bihuan)
    page = visitor.get(address).text
    assert "已完成" in page
    assert "一般隐患" in page
    assert 'class="chart-line chart-open"' in page
    assert "两个版本相差多少" not in page
    assert f'href="{address}"' in visitor.get(PAGE).text
    assert "第 1 版 · 现行" in visitor.get(PAGE).text


def test_two_versions_are_shown_with_their_intervals(visit: Visit, bihuan: Bihuan) -> None:
    visitor = visit("office_head", "en")
    address = asked(visitor, **PAIR)
    play(bihuan)
    page = visitor.get(address).text
    assert "How the two versions differ" in page
    assert "Example: a single signer" in page
    assert "Overdue" in page
    assert re.search(r"General[^<]*: finding to strike-off, median days", page)
    assert page.count('class="chart-interval') == page.count("<circle")
    assert page.count("<circle") >= 1
    assert not re.search(r"[\u4e00-\u9fff]{2,}", re.sub(r"<[^>]*>", "", page.split("<main")[1]))


def test_the_worker_takes_up_what_another_one_left(visit: Visit, bihuan: Bihuan) -> None:
    visitor = visit("designer")
    address = asked(visitor)
    left = Simulating(bihuan, seconds=0)
    assert left.step() == 1
    assert "进行中" in visitor.get(address).text
    assert Simulating(bihuan).step() == 0
    with bihuan.database.begin() as session:
        session.execute(update(SimulationRow).values(held_until=None))
    play(bihuan)
    assert "已完成" in visitor.get(address).text
    left.step()
    assert "已完成" in visitor.get(address).text


def test_a_fault_of_ours_is_told_and_bars_nobody(
    visit: Visit, bihuan: Bihuan, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> Iterator[int]:
        yield 1
        message = "a fault"
        raise TypeError(message)

    visitor = visit("designer")
    address = asked(visitor)
    with monkeypatch.context() as patched:
        patched.setattr(studies, "conducting", fails)
        play(bihuan)
    assert "系统故障" in visitor.get(address).text
    assert asked(visitor) != address


def test_what_ends_every_worker_is_refused_in_the_end(visit: Visit, bihuan: Bihuan) -> None:
    visitor = visit("designer")
    address = asked(visitor)
    for _ in range(MOST):
        assert Simulating(bihuan, seconds=0).step() == 1
        with bihuan.database.begin() as session:
            session.execute(update(SimulationRow).values(held_until=None))
    play(bihuan)
    assert "不再重试" in visitor.get(address).text
    assert asked(visitor) != address


def test_whoever_asked_cancels_what_waits_and_may_ask_again(visit: Visit, bihuan: Bihuan) -> None:
    visitor = visit("designer")
    address = asked(visitor)
    assert "取消仿真" in visitor.get(address).text
    sent = visitor.post(f"{address}/cancel", token_of=address)
    assert sent.status_code == 303
    shown = visitor.get(address).text
    assert "仿真已取消" in shown
    assert "已取消</span>" in shown
    assert "取消仿真" not in shown
    assert Simulating(bihuan).step() == 0
    assert asked(visitor) != address


def test_what_is_played_is_cancelled_and_the_worker_lets_it_go(
    visit: Visit, bihuan: Bihuan
) -> None:
    visitor = visit("designer", "en")
    address = asked(visitor)
    worker = Simulating(bihuan, seconds=0)
    for _ in range(3):
        worker.step()
    assert "Under way" in visitor.get(address).text
    head = visit("office_head", "en")
    assert head.post(f"{address}/cancel", token_of=address).status_code == 303
    while worker.step():
        pass
    shown = visitor.get(address).text
    assert "Cancelled" in shown
    assert 'class="chart-line' not in shown


def test_what_has_ended_is_not_cancelled_and_nobody_cancels_another_s(
    visit: Visit, bihuan: Bihuan
) -> None:
    head, designer = visit("office_head"), visit("designer")
    address = asked(head)
    assert "取消仿真" not in designer.get(address).text
    assert designer.post(f"{address}/cancel", token_of=PAGE).status_code == 403
    play(bihuan)
    assert "取消仿真" not in head.get(address).text
    head.post(f"{address}/cancel", token_of=PAGE)
    shown = head.get(address).text
    assert "仿真此前已经结束" in shown
    assert "已完成" in shown


def test_two_that_are_asked_for_at_once_are_one(
    visit: Visit, bihuan: Bihuan, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = visit("designer")
    asked(visitor)
    monkeypatch.setattr(kept, "RUNNING", ())
    assert visitor.post(PAGE, {**SMALL, "seed": "1"}).status_code == 409


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("cases", "0", "应在 10 到 10000 之间"),
        ("cases", "many", "应在 10 到 10000 之间"),
        ("cases", "１００", "应在 10 到 10000 之间"),
        ("seed", "-1", "应在 0 到"),
        ("per_year", "1e9", "应在 0 到 300000 之间"),
        ("load", "nowhere", "请选择负荷"),
        ("staff.bureau.head", "0", "应在 1 到 99 之间"),
        ("second", "example:single_signer", "对比至少重复 2 次"),
        ("target_post", "nobody.head", "请选择岗位"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(visit: Visit, name: str, value: str, said: str) -> None:
    sent = visit("designer").post(PAGE, {**SMALL, "seed": "1", name: value})
    assert sent.status_code == 422
    assert said in sent.text


def test_the_page_says_how_many_people_it_takes(visit: Visit, bihuan: Bihuan) -> None:
    visitor = visit("designer")
    target = {"target_post": "bureau.head", "target_hours": "1", "per_year": "300000"}
    address = asked(visitor, **target, cases="300")
    play(bihuan)
    found = re.search(
        r"应急管理局 · 负责人：(\d+) 人即可，九成事项排队不超过 1 个工作小时",
        visitor.get(address).text,
    )
    assert found
    assert int(found[1]) > 1
    again = visitor.get(PAGE, query_string=target).text
    assert 'value="bureau.head" selected' in again


def test_more_than_the_page_plays_is_for_the_command_line(visit: Visit) -> None:
    sent = visit("designer").post(PAGE, {**PAIR, "seed": "1", "cases": "10000"})
    assert "更多请用命令行" in sent.text


@pytest.mark.parametrize("first", ["version:9", "draft:none", "example:none", "", "version:x"])
def test_a_version_that_is_not_there_is_not_found(visit: Visit, first: str) -> None:
    sent = visit("designer").post(PAGE, {**SMALL, "seed": "1", "first": first})
    assert sent.status_code == 404


def test_one_person_has_one_simulation_at_work(visit: Visit, bihuan: Bihuan) -> None:
    visitor = visit("designer")
    asked(visitor)
    again = visitor.post(PAGE, {**SMALL, "seed": "2"})
    assert again.status_code == 409
    assert "您还有一次仿真正在进行" in again.text
    asked(visit("designer2"))
    play(bihuan)
    asked(visitor, seed="2")


def test_a_draft_is_simulated_as_it_is_saved(visit: Visit, bihuan: Bihuan) -> None:
    visitor = visit("designer")
    begun = visitor.post("/definitions/extension_request/drafts", {"version": "1"})
    draft = str(begun.headers["Location"]).rsplit("/", 1)[-1]
    assert f"draft:{draft}" in visitor.get(PAGE).text
    address = asked(visitor, first=f"draft:{draft}")
    play(bihuan)
    assert "草稿：" in visitor.get(address).text


def test_others_see_no_simulations(visit: Visit) -> None:
    for username in ("inspector1", "auditor", "enterprise01"):
        assert visit(username).get(PAGE).status_code == 403


def test_a_process_that_is_not_there_is_not_found(visit: Visit) -> None:
    visitor = visit("designer")
    assert visitor.get("/definitions/nothing/simulation").status_code == 404
    assert visitor.get(f"{PAGE}/none").status_code == 404


def test_the_command_simulates_versions_and_drafts(
    visit: Visit, bihuan: Bihuan, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = visit("designer").post("/definitions/extension_request/drafts", {"version": "1"})
    draft = str(begun.headers["Location"]).rsplit("/", 1)[-1]
    monkeypatch.setenv("DATABASE_URL", bihuan.settings.database_url)
    monkeypatch.setenv("BIHUAN_DATA_DIR", str(bihuan.settings.data_directory))
    asking = ["simulate", "extension_request", "--cases", "60", "--replications", "2", "--json"]
    found = CliRunner().invoke(main, [*asking, "--version", "1", "--against", f"draft:{draft}"])
    report = json.loads(found.stdout)
    assert [one["label"] for one in report["versions"]] == ["version:1", f"draft:{draft}"]
    assert {one["difference"] for one in report["comparison"]} == {0}
    refused = CliRunner().invoke(main, [*asking, "--staff", "bureau.head=none"])
    assert refused.exit_code == 1
    assert "岗位" in json.loads(refused.stdout)["error"]


def test_the_command_and_the_page_spell_a_version_alike() -> None:
    names = ("3", "version:3", "single_signer", "example:single_signer", "draft:x", "a.bpmn")
    found = [asking.spelled("extension_request", one) for one in names]
    assert found == ["version:3"] * 2 + ["example:single_signer"] * 2 + ["draft:x", "a.bpmn"]
    assert [asking.is_kept(one) for one in found] == [True, True, False, False, True, False]


def test_only_the_last_simulations_are_kept(
    visit: Visit, bihuan: Bihuan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOST_KEPT", 2)
    visitor = visit("designer")
    addresses = []
    for seed in ("1", "2", "3"):
        addresses.append(asked(visitor, seed=seed, cases="10"))
        play(bihuan)
    shown = [visitor.get(address).status_code for address in addresses]
    assert shown == [404, 200, 200]
