"""Papers on their pages: printable, in both languages, for whoever may see the case."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.web.page_checks import Page
from tests.web.test_cases import listed
from tests.web.visitor import Visitor, register
from workflows.app import Bihuan
from workflows.domain.papers import reading
from workflows.domain.papers.reading import Paper

Visit = Callable[..., Visitor]


def notice(bihuan: Bihuan, case_id: str) -> Paper:
    with bihuan.database.read() as session:
        return next(one for one in reading.of_case(session, case_id) if one.kind == "D12")


def test_the_case_lists_its_papers_and_a_page_shows_one(bihuan: Bihuan, visit: Visit) -> None:
    case_id = listed(bihuan)
    paper = notice(bihuan, case_id)
    head = visit("bureau_head")
    page = head.page(f"/cases/{case_id}")
    links = [e.attributes.get("href", "") for e in page.all("a")]
    address = f"/cases/{case_id}/papers/{paper.id}"
    assert address in links
    shown = head.page(address)
    for words in ("挂牌督办通知书", paper.number, "第五条", "送达回证", "依据", paper.sha256):
        assert words in shown.text
    assert "法定" not in shown.text


def test_a_paper_in_english(bihuan: Bihuan, visit: Visit) -> None:
    case_id = listed(bihuan)
    paper = notice(bihuan, case_id)
    shown = visit("bureau_head", language="en").page(f"/cases/{case_id}/papers/{paper.number}")
    for words in ("Notice of listing", "Record of service", "article 15", "Supervising body"):
        assert words in shown.text
    marked = [e for e in shown.all("p") if e.attributes.get("lang") == "zh-CN"]
    assert marked, "what was written in Chinese is marked as such"


@pytest.mark.parametrize("stranger", ["enterprise02", "park_west"])
def test_a_paper_is_seen_as_its_case_is(bihuan: Bihuan, visit: Visit, stranger: str) -> None:
    case_id = listed(bihuan)
    address = f"/cases/{case_id}/papers/{notice(bihuan, case_id).id}"
    assert visit(stranger).get(address).status_code == 404
    assert visit("bureau_head").get(f"/cases/{case_id}/papers/nothing").status_code == 404


def test_a_case_without_papers_says_so(bihuan: Bihuan, visit: Visit) -> None:
    page: Page = visit("bureau_head").page(f"/cases/{register(bihuan)}")
    assert "还没有印发文书" in page.text
