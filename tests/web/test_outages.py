"""A database that is gone, broken, full or locked is told as such; what was typed comes back."""

from __future__ import annotations

import io
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import pytest
from sqlalchemy import event

from tests.web.page_checks import Page
from tests.web.test_intake_and_ledger import DATA
from tests.web.visitor import PICTURE, Visitor, register
from workflows.app import Bihuan

Visit = Callable[..., Visitor]

OUT_OF_REACH = {
    "zh": "数据库暂时繁忙或不可用",
    "en": "Expected the database to answer, but it is locked or gone",
}
BUSY = {"zh": "系统暂时繁忙", "en": "The system is busy"}
NOT_SAVED = {"zh": "没有保存，请再试一次", "en": "Not saved, please try again"}
CHOOSE_AGAIN = {"zh": "请重新选择：现场.png", "en": "please choose them again: 现场.png"}


def deleted(file: Path) -> None:
    for beside in file.parent.glob(f"{file.name}*"):
        beside.unlink()


def emptied(file: Path) -> None:
    deleted(file)
    file.touch()


def foreign(file: Path) -> None:
    deleted(file)
    file.write_bytes(b"no database at all " * 500)


def torn(file: Path) -> None:
    size = file.stat().st_size
    with file.open("r+b") as opened:
        opened.seek(4096)
        opened.write(os.urandom(size - 4096))


def a_folder(file: Path) -> None:
    deleted(file)
    file.mkdir()


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold the write lock as a command of somebody else would."""
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    yield
    holder.execute("ROLLBACK")
    holder.close()


@pytest.mark.parametrize("damage", [deleted, emptied, foreign, torn, a_folder])
@pytest.mark.parametrize("pooled", [True, False])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_ruined_database_is_told_as_unavailable(
    visit: Visit,
    bihuan: Bihuan,
    tmp_path: Path,
    damage: Callable[[Path], None],
    *,
    pooled: bool,
    language: str,
) -> None:
    case_id = register(bihuan)
    visitor = visit("inspector1", language)
    token = visitor.token("/hazards/new")
    if not pooled:
        bihuan.database.dispose()
    damage(tmp_path / "zone.db")
    for _ in range(2):
        shown = visitor.get(f"/cases/{case_id}")
        assert (shown.status_code, BUSY[language] in shown.text) == (503, True)
        assert shown.headers["Retry-After"]
        sent = visitor.client.post(
            "/hazards/new",
            data={"csrf_token": token, "description": "配电箱未上锁"},
            headers=visitor.headers,
        )
        # A connection may still know enough of the torn file to draw the form itself.
        assert sent.status_code == 503
        assert BUSY[language] in sent.text or OUT_OF_REACH[language] in sent.text
        assert "配电箱未上锁" in Page(sent.text).text


def test_a_lost_database_is_told_to_programs_too(
    visit: Visit, bihuan: Bihuan, tmp_path: Path
) -> None:
    deleted(tmp_path / "zone.db")
    headers = {"Authorization": "Bearer x", "Accept-Language": "en"}
    answer = visit().client.get("/api/v1/tasks", headers=headers)
    assert answer.status_code == 503
    assert answer.get_json()["title"] == BUSY["en"]
    assert not (tmp_path / "zone.db").exists()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_full_disk_is_told_as_unavailable(visit: Visit, bihuan: Bihuan, language: str) -> None:
    visitor = visit("inspector1", language)
    token = visitor.token("/hazards/new")
    bihuan.database.dispose()
    event.listen(
        bihuan.database.engine, "connect", lambda c, _: c.execute("PRAGMA max_page_count = 1")
    )
    long = {"description": "漏" * 2000, "csrf_token": token}
    answer = visitor.client.post("/hazards/new", data={**DATA, **long}, headers=visitor.headers)
    assert answer.status_code == 503
    assert NOT_SAVED[language] in answer.text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_form_that_met_an_outage_is_sent_again_from_the_page_that_tells_so(
    visit: Visit, bihuan: Bihuan, tmp_path: Path, language: str
) -> None:
    visitor = visit("inspector1", language)
    page = visitor.page("/hazards/new")
    own = {"_key": page.one("input", name="_key").attributes["value"]}
    token = visitor.token("/hazards/new")
    (tmp_path / "zone.db").rename(tmp_path / "away.db")
    files = {"upload:photos": (io.BytesIO(PICTURE), "现场.png")}
    answer = visitor.client.post(
        "/hazards/new", data={**DATA, **own, "csrf_token": token, **files}, headers=visitor.headers
    )
    told = Page(answer.text)
    assert NOT_SAVED[language] in told.text
    assert CHOOSE_AGAIN[language] in told.text
    assert DATA["description"] in told.text
    told.one("input", name="upload:photos", type="file")
    (tmp_path / "away.db").rename(tmp_path / "zone.db")
    hidden = [e.attributes for e in told.all("input") if e.attributes["type"] == "hidden"]
    again = {one["name"]: one["value"] for one in hidden}
    assert again["_key"] == own["_key"]
    action = told.one("form", id="again-form").attributes["action"]
    done = visitor.client.post(action, data=again, headers=visitor.headers)
    assert done.status_code == 303
    assert DATA["description"] in visitor.page(done.location).text


def test_a_password_is_never_given_back(visit: Visit, tmp_path: Path) -> None:
    visitor = visit()
    token = visitor.token("/sign-in")
    deleted(tmp_path / "zone.db")
    data = {"csrf_token": token, "username": "inspector1", "password": "my secret words"}
    answer = visitor.client.post("/sign-in", data=data)
    assert answer.status_code == 503
    assert "my secret words" not in answer.text


@pytest.mark.parametrize(
    ("files", "language"), [({}, "zh"), ({"upload:photos": (PICTURE, "现场.png")}, "en")]
)
def test_a_locked_database_gives_the_registration_back(
    visit: Visit,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    files: dict[str, tuple[bytes, str]],
) -> None:
    visitor = visit("inspector1", language)
    token = visitor.token("/hazards/new")
    data = {**DATA, "csrf_token": token, "_key": "typed-once"}
    with locked(tmp_path / "zone.db"):
        began = monotonic()
        answer = visitor.post("/hazards/new", data, token_of="/hazards/new", files=files)
        assert monotonic() - began < 8
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert NOT_SAVED[language] in answer.text
    assert (CHOOSE_AGAIN[language] in answer.text) is bool(files)
    page = Page(answer.text)
    assert page.one("textarea", id="field-description").text == DATA["description"]
    assert page.one("input", id="field-location").attributes["value"] == DATA["location"]
    assert page.one("input", name="_key").attributes["value"] == "typed-once"
    first = visitor.post("/hazards/new", data, token_of="/hazards/new", files=files)
    again = visitor.post("/hazards/new", data, token_of="/hazards/new", files=files)
    assert (first.status_code, first.location) == (303, again.location)
