"""Registering a hazard with photos, finding it in the ledger, opening its evidence."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from werkzeug.test import TestResponse

from tests.web.page_checks import Page
from tests.web.visitor import PICTURE, Visitor, register
from workflows.app import Bihuan
from workflows.checking.inspection import inspect
from workflows.domain import evidence

Visit = Callable[..., Visitor]

DATA = {
    "enterprise": "enterprise01",
    "finder_body": "bureau",
    "found_at": "2026-03-02T08:30",
    "source": "department",
    "description": "配电箱未上锁",
    "location": "配电室",
    "category": "object",
}


def send(visitor: Visitor, **changes: str) -> TestResponse:
    files = {"upload:photos": (PICTURE, "../../etc/现场 1.png")}
    return visitor.post("/hazards/new", {**DATA, **changes}, token_of="/hazards/new", files=files)


def test_a_hazard_is_registered_with_its_photo(visit: Visit, bihuan: Bihuan) -> None:
    visitor = visit("inspector1")
    answer = send(visitor)
    assert answer.status_code == 303
    page = visitor.page(answer.location)
    assert "已登记，编号 GY-2026-000001" in page.text
    assert "2026年3月2日 08:30" in page.text
    with bihuan.database.read() as session:
        files = evidence.of_case(session, answer.location.rpartition("/")[2])
    assert [(one.name, one.size) for one in files] == [("现场 1.png", len(PICTURE))]


def test_the_deep_check_takes_files_of_forms_for_sound(visit: Visit, bihuan: Bihuan) -> None:
    assert send(visit("inspector1")).status_code == 303
    assert send(visit("inspector1"), description="").status_code == 422
    report = inspect(bihuan)
    assert (report.sound, report.findings) == (True, [])


def chosen(page: Page, name: str) -> list[str]:
    """Return the labels chosen in a select of a form."""
    within = page.html.partition(f'name="{name}"')[2].partition("</select>")[0]
    return re.findall(r"<option[^>]* selected>([^<]+)<", within)


def test_the_only_choice_is_made_and_the_hazard_comes_first(visit: Visit) -> None:
    officer = visit("inspector1").page("/hazards/new")
    assert chosen(officer, "finder_body") == ["应急管理局"]
    names = [e.attributes.get("name", "") for e in officer.all("input", "select", "textarea")]
    fields = [name for name in names if name and not name.startswith(("_", "csrf", "next", "lang"))]
    assert fields[:4] == ["description", "upload:photos", "location", "enterprise"]
    assert "北京时间" in officer.text
    own = visit("enterprise01").page("/hazards/new")
    assert len(chosen(own, "enterprise")) == 1
    assert chosen(own, "source") == ["企业自查"]


def test_the_same_form_sent_twice_registers_once(visit: Visit) -> None:
    visitor = visit("inspector1")
    first = visitor.post("/hazards/new", {**DATA, "_key": "k"}, token_of="/hazards/new")
    second = visitor.post("/hazards/new", {**DATA, "_key": "k"}, token_of="/hazards/new")
    assert first.location == second.location
    assert "共 1 条" in visitor.page("/ledger").text


def test_a_paper_named_as_a_photo_is_refused_at_the_field(visit: Visit) -> None:
    visitor = visit("inspector1")
    answer = visitor.post(
        "/hazards/new",
        DATA,
        token_of="/hazards/new",
        files={"upload:photos": (b"%PDF-1.7 not a photo", "photo.jpg")},
    )
    assert answer.status_code == 422
    page = Page(answer.text)
    assert ".jpg" in page.one("p", id="field-photos-error").text
    assert page.one("textarea", id="field-description").text == DATA["description"]


def test_a_time_to_come_is_refused(visit: Visit) -> None:
    answer = send(visit("inspector1"), found_at="2026-03-09T08:30")
    assert answer.status_code == 422
    assert Page(answer.text).one("p", id="field-found_at-error").text.strip()


def test_evidence_is_sent_so_that_nothing_runs(visit: Visit, bihuan: Bihuan) -> None:
    visitor = visit("inspector1")
    case_id = send(visitor).location.rpartition("/")[2]
    with bihuan.database.read() as session:
        found = evidence.of_case(session, case_id)[0]
    screen = visitor.get(f"/evidence/{found.id}")
    assert screen.mimetype == "image/jpeg"
    assert screen.headers["Content-Disposition"].startswith("inline; filename*=UTF-8''")
    original = visitor.get(f"/evidence/{found.id}/original")
    assert original.data == PICTURE
    assert original.headers["Content-Disposition"].startswith("attachment; ")
    for answer in (screen, original):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    ("username", "screen", "original"),
    [("office", 200, 200), ("enterprise01", 200, 404), ("enterprise02", 404, 404)],
)
def test_evidence_follows_the_case(
    visit: Visit, bihuan: Bihuan, username: str, screen: int, original: int
) -> None:
    case_id = send(visit("inspector1")).location.rpartition("/")[2]
    with bihuan.database.read() as session:
        found = evidence.of_case(session, case_id)[0]
    visitor = visit(username)
    assert visitor.get(f"/evidence/{found.id}").status_code == screen
    assert visitor.get(f"/evidence/{found.id}/original").status_code == original


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 2),
        ("text=砂轮", 1),
        ("text=GY-2026-000002", 1),
        ("level=major", 0),
        ("state=registered", 2),
        ("open=open", 2),
        ("open=closed", 0),
        ("open=overdue", 0),
        ("sort=due", 2),
        ("sort=-enterprise&page=1", 2),
        ("text=%27%3B+drop+table", 0),
    ],
)
def test_the_ledger_is_searched(visit: Visit, bihuan: Bihuan, query: str, found: int) -> None:
    register(bihuan)
    register(bihuan, enterprise="enterprise02", description="通道堵塞")
    assert f"共 {found} 条" in visit("office").page(f"/ledger?{query}").text


def test_an_unknown_order_is_refused(visit: Visit) -> None:
    assert visit("office").get("/ledger?sort=password").status_code == 422


def test_an_enterprise_sees_its_own_only(visit: Visit, bihuan: Bihuan) -> None:
    register(bihuan)
    register(bihuan, enterprise="enterprise02", description="通道堵塞")
    visitor = visit("enterprise02")
    assert visitor.get("/ledger").location == "/my-cases"
    page = visitor.page("/my-cases")
    assert "通道堵塞" in page.text
    assert "砂轮机" not in page.text


def test_processes_are_listed_with_their_diagrams(visit: Visit) -> None:
    visitor = visit("designer")
    assert "hazard_rectification" in visitor.page("/definitions").text
    page = visitor.page("/definitions/hazard_rectification/1")
    box = next(e for e in page.elements if "data-diagram-url" in e.attributes)
    diagram = visitor.get(box.attributes["data-diagram-url"])
    assert diagram.mimetype == "application/xml"
    assert b"hazard_rectification" in diagram.data
    assert visitor.get("/definitions/hazard_rectification/99").status_code == 404
    assert visitor.get("/definitions/nothing/1/diagram.bpmn").status_code == 404
