"""Notifications: by case, what still counts first, read only when somebody says so."""

from __future__ import annotations

from collections.abc import Callable

from tests.web.visitor import START, Visitor, register
from workflows.app import Bihuan
from workflows.designing.tables import DraftNewsRow
from workflows.domain.ledger_tables import NotificationRow

Visit = Callable[..., Visitor]


def tell(bihuan: Bihuan, case_id: str, *kinds: str, task_id: str | None = None) -> None:
    with bihuan.database.begin() as session:
        session.add_all(
            NotificationRow(
                id=f"{case_id[-8:]}{kind}",
                person="inspector1",
                case_id=case_id,
                task_id=task_id,
                kind=kind,
                text_zh=f"GY-2026-000001 {kind} 已到,请办理",
                text=f"GY-2026-000001: {kind} is due",
                at=START,
                read_at=None,
            )
            for kind in kinds
        )


def test_looking_reads_nothing_and_the_button_does(visit: Visit, bihuan: Bihuan) -> None:
    tell(bihuan, register(bihuan), "urge", "comment")
    visitor = visit("inspector1")
    for _ in range(2):
        page = visitor.page("/notifications")
        assert page.text.count("新") == 2
        assert [e.text for e in page.all("span") if "nav-count" in e.attributes.get("class", "")][
            1:
        ] == ["1"]
    answer = visitor.post("/notifications/read", token_of="/notifications")
    assert answer.location == "/notifications"
    assert "全部标为已读" not in visitor.page("/notifications").text


def test_news_is_grouped_by_case_and_said_in_both_languages(visit: Visit, bihuan: Bihuan) -> None:
    tell(bihuan, register(bihuan), "urge", "comment")
    page = visit("inspector1").page("/notifications")
    assert len([e for e in page.all("li") if "notice" in e.attributes.get("class", "")]) == 1
    assert "催办" in page.text
    assert "已到，请办理" in page.text
    assert "is due" in visit("inspector1", "en").page("/notifications").text


def test_settled_news_is_folded_and_not_counted(visit: Visit, bihuan: Bihuan) -> None:
    tell(bihuan, register(bihuan), "deadline.reminder")
    tell(bihuan, register(bihuan, location="二号车间"), "task.remind", task_id="gone")
    page = visit("inspector1").page("/notifications")
    assert "目前没有需要关注的消息" in page.text
    assert "已处理的消息（2 件）" in page.text
    assert "全部标为已读" not in page.text


def test_news_of_drafts_is_shown_to_whoever_reads_drafts(visit: Visit, bihuan: Bihuan) -> None:
    at = "/definitions/hazard_rectification/1"
    begun = visit("designer").post(
        "/definitions/hazard_rectification/drafts", {"version": "1"}, token_of=at
    )
    with bihuan.database.begin() as session:
        session.add_all(
            DraftNewsRow(
                id=f"news-{person}",
                person=person,
                draft_id=begun.location.rpartition("/")[2],
                text_zh="流程草稿“某流程”：已批准",
                text="Draft some process: approved",
                at=START,
            )
            for person in ("inspector1", "designer")
        )
    assert "已批准" in visit("designer").page("/notifications").text
    lost = visit("inspector1").page("/notifications").text
    assert "已批准" not in lost, "a line that leads to nothing for them"
    assert "全部标为已读" not in lost
