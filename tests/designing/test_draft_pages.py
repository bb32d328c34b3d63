"""The pages of drafts: the next act is the first thing seen, and nobody sees what is not his."""

from __future__ import annotations

import re
from collections.abc import Callable

from engine import clock
from engine.ports import SYSTEM
from engine.store import definitions
from tests.designing.editor import DIAGRAM, PROCESS, Editor, begun
from tests.designing.roads import AGENCY, who
from tests.designing.test_meanwhile import ready
from tests.web.visitor import Visitor, register
from workflows.administration.desk import Desk
from workflows.app import Bihuan
from workflows.designing import going_live, news

Visit = Callable[..., Visitor]


def act(visitor: Visitor, draft: str, name: str, **data: object) -> int:
    """Post an act of the overview; return the status."""
    answer = visitor.post(f"/drafts/{draft}/acts/{name}", data, token_of="/notifications")
    return answer.status_code


def seen(visitor: Visitor, draft: str) -> str:
    """Return the overview as it was sent."""
    answer = visitor.get(f"/drafts/{draft}")
    assert answer.status_code == 200
    return answer.text


def test_files_are_listed_by_what_they_are_called(visit: Visit) -> None:
    designer, second = visit("designer"), visit("designer2", "en")
    draft = begun(designer)
    shown, english = seen(designer, draft), seen(second, draft)
    for path, zh, en in (
        (DIAGRAM, "误报更正", "Voiding a wrong entry"),
        ("forms/decide_void.json", "决定是否误报更正", "Decide on voiding"),
        ("forms/void_propose.json", "提请误报更正", "Propose to void"),
    ):
        for text, title in ((shown, zh), (english, en)):
            assert f">{title} <code>{path}</code></a>" in text, (path, title)
    scenario = re.search(r">([^<>]+) <code>scenarios/[^<]+</code></a>", english)
    assert scenario is not None
    assert not re.search("[一-鿿]", scenario[1])


def test_a_draft_goes_from_the_page_of_its_process_to_the_next_version(visit: Visit) -> None:
    designer, second = visit("designer"), visit("designer2", "en")
    assert "修改" in designer.page(f"/definitions/{PROCESS}/1").text
    draft = begun(designer)
    assert "还没有改动" in seen(designer, draft)
    editor = Editor(designer, draft)
    broken = editor.files[DIAGRAM].replace('value="void.decide"', 'value="void.decided"')
    editor.save(DIAGRAM, broken)
    assert "处错误" in seen(designer, draft)
    assert act(designer, draft, "propose", revision=editor.revision) == 422
    editor.save(
        DIAGRAM, broken.replace("void.decided", "void.decide").replace("提请误报", "提出误报")
    )
    assert "提请审核" in seen(designer, draft)
    assert act(designer, draft, "propose", revision=1) == 409
    assert act(designer, draft, "propose", revision=editor.revision, note="a" * 2001) == 422
    assert act(designer, draft, "propose", revision=editor.revision, note="名称更准确") == 303
    assert "等待另一人审核" in seen(designer, draft)
    assert "名称更准确" in seen(second, draft)
    approve(designer, second, draft)
    assert act(designer, draft, "schedule", at="") == 422
    assert act(designer, draft, "schedule", at="2026-03-02T08:00") == 422
    assert act(designer, draft, "schedule", at="2026-03-03T08:00") == 303
    assert "3月3日 08:00" in seen(designer, draft)
    assert act(designer, draft, "live") == 303
    assert "已上线，为第 2 版" in seen(designer, draft)
    assert designer.page(f"/definitions/{PROCESS}/2").text.count("第 2 版")


def approve(designer: Visitor, second: Visitor, draft: str) -> None:
    """Approve as the second designer, who is told that it is his; the first one may not."""
    page = seen(second, draft)
    assert "Yours to approve" in page
    assert act(second, draft, "return", reason="") == 422
    digest = page.partition('name="digest" value="')[2][:64]
    assert act(designer, draft, "approve", digest=digest) == 403
    assert act(second, draft, "approve", digest=digest) == 303


def test_comments_are_seen_by_both(visit: Visit) -> None:
    designer, office = visit("designer"), visit("office_head")
    draft = begun(designer)
    assert act(office, draft, "comment", comment="") == 422
    assert act(office, draft, "comment", comment="<b>请说明依据</b>") == 303
    page = seen(designer, draft)
    assert "&lt;b&gt;请说明依据" in page
    assert "发表意见" in page
    assert "立即上线" not in page


def test_a_new_process_begins_with_a_clean_draft(visit: Visit) -> None:
    designer = visit("designer", "en")
    sent = {"process": "small_repair", "name_zh": "小修", "name": "Small repair"}
    wrong = {"process": "Small Repair", "name_zh": "小修"}
    assert designer.post("/drafts/new", wrong, token_of="/drafts/new").status_code == 422
    assert designer.post("/drafts/new", {}, token_of="/drafts/new").status_code == 422
    taken = {**sent, "process": PROCESS}
    assert designer.post("/drafts/new", taken, token_of="/drafts/new").status_code == 409
    made = designer.post("/drafts/new", sent, token_of="/drafts/new")
    assert made.status_code == 303
    page = designer.page(made.location).text
    assert "Files of the new process" in page
    assert "The changes pass" in page
    assert designer.post("/drafts/new", sent, token_of="/drafts/new").status_code == 409


def test_the_office_reads_and_never_changes(visit: Visit) -> None:
    draft = begun(visit("designer"))
    office = visit("office_head")
    page = seen(office, draft)
    assert "放弃草稿" not in page
    assert act(office, draft, "discard") == 403
    assert "新建流程" not in office.page("/drafts").text
    assert office.get("/drafts/new").status_code == 403
    assert draft in office.get("/drafts").text


def test_a_discarded_draft_is_taken_up_again(visit: Visit) -> None:
    designer = visit("designer")
    draft = begun(designer)
    assert act(designer, draft, "discard") == 303
    assert "恢复草稿" in seen(designer, draft)
    assert act(designer, draft, "discard") == 409
    assert act(designer, draft, "take_up") == 303
    assert "还没有改动" in seen(designer, draft)


def test_whoever_may_approve_is_told_and_reads_it(visit: Visit) -> None:
    designer, second = visit("designer"), visit("designer2", "en")
    draft = begun(designer)
    editor = Editor(designer, draft)
    editor.save(DIAGRAM, editor.files[DIAGRAM].replace("提请误报", "提出误报"))
    assert act(designer, draft, "propose", revision=editor.revision) == 303
    page = second.get("/notifications").text
    assert "approval is asked for" in page
    assert f"/drafts/{draft}" in page
    assert '<span class="nav-count">1</span>' in page
    assert f"/drafts/{draft}" not in designer.get("/notifications").text
    second.post("/notifications/read", token_of="/notifications")
    assert '<span class="nav-count">1</span>' not in second.get("/notifications").text
    record = visit("admin").page("/administration/record").text
    assert "提请审核" in record
    assert "误报更正" in record


def test_the_page_of_a_process_names_who_changes_it_already(visit: Visit) -> None:
    draft = begun(visit("designer"))
    second = visit("designer2")
    assert f"/drafts/{draft}" in second.get(f"/definitions/{PROCESS}/1").text
    assert f"/drafts/{draft}" not in second.get("/definitions/level_raise/1").text
    assert f"/drafts/{draft}" not in visit("inspector1").get(f"/definitions/{PROCESS}/1").text


def test_the_office_goes_on_to_the_cases_that_run_an_earlier_version(
    visit: Visit, bihuan: Bihuan
) -> None:
    register(bihuan)
    draft = ready(bihuan)
    going_live.go_live(bihuan, who(bihuan), draft)
    way = "/operations/migrate/hazard_rectification/2"
    assert way in seen(visit("office_head"), draft)
    assert way not in seen(visit("designer"), draft)
    assert act(visit("bureau_head"), draft, "live") == 403


def test_news_of_a_version_lead_to_it(visit: Visit, bihuan: Bihuan) -> None:
    designer = visit("designer")
    with bihuan.database.begin() as session:
        version = definitions.latest(session, PROCESS)
        assert version is not None
        desk = Desk(session, SYSTEM, AGENCY, clock.now())
        news.tell_version(desk, version, ("已回退", "gone back"))
    page = designer.get("/notifications").text
    assert f'href="/definitions/{PROCESS}/{version.version}"' in page
    assert "流程“误报更正”：已回退" in page


def test_what_is_wrong_is_told_by_the_name_of_its_step(visit: Visit) -> None:
    designer = visit("designer")
    draft = begun(designer)
    editor = Editor(designer, draft)
    wrong = editor.files[DIAGRAM].replace('value="void.decide"', 'value="void.decided"')
    assert editor.save(DIAGRAM, wrong).status_code == 200
    assert f"{DIAGRAM} · 决定是否误报更正 (decide_void)" in seen(designer, draft)
