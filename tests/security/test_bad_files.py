"""Files that are none of ours, sent by a page and by a program: named with their field and why."""

from __future__ import annotations

import io
import os
from collections.abc import Callable

import pytest
from PIL import Image
from sqlalchemy import func, select

from engine.ports import Grant
from tests.api.harness import Client, Zone, refused
from tests.api.test_extension_scenarios import requested
from tests.domain.pictures import jpeg
from tests.domain.test_evidence import archive, boasting, moving
from tests.web.conftest import zone
from tests.web.visitor import Visitor
from webapp.forms.uploads import MOST_FILES
from workflows.accounts import api_tokens
from workflows.accounts.tables import Account
from workflows.app import Bihuan
from workflows.domain import organisation
from workflows.domain.evidence_tables import EvidenceRow

Visit = Callable[..., Visitor]

__all__ = ["zone"]


def picture(width: int, height: int, kind: str = "JPEG") -> bytes:
    written = io.BytesIO()
    Image.new("L" if kind == "JPEG" else "1", (width, height)).save(written, kind)
    return written.getvalue()


def program(bihuan: Bihuan, visitor: Visitor, language: str) -> Client:
    def token(session: object) -> str:
        query = select(Account).where(Account.username == "inspector1")
        return api_tokens.issue(session, session.scalars(query).one()).token  # type: ignore[attr-defined,arg-type]

    return Client(visitor.app, bihuan.database.run(token), language)


def kept(bihuan: Bihuan) -> int:
    with bihuan.database.read() as session:
        return session.scalar(select(func.count()).select_from(EvidenceRow)) or 0


def stored(bihuan: Bihuan) -> int:
    folder = bihuan.settings.evidence_directory
    return sum(len(files) for _, _, files in os.walk(folder))


FILES = {
    "program": (b"MZ\x90\x00", "车间.exe"),
    "page": (b"<html><script>alert(1)</script></html>", "车间.html"),
    "drawing": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "车间.svg"),
    "archive": (archive(), "车间.zip"),
    "workbook as photo": (archive(), "车间.jpg"),
    "archive behind a photo": (jpeg() + archive(), "车间.jpg"),
    "photo cut off": (jpeg()[:-200], "车间.jpg"),
    "paper named as photo": (b"%PDF-1.7\n%%EOF", "车间.jpg"),
    "paper with a script": (b"%PDF-1.7 /OpenAction <</S /JavaScript>> %%EOF", "车间.pdf"),
    "paper cut off": (b"%PDF-1.7 1 0 obj", "车间.pdf"),
    "moving picture": (moving("PNG"), "车间.png"),
    "text that unpacks": (boasting(), "车间.png"),
    "64 megapixels": (picture(8000, 8000, "PNG"), "车间.png"),
    "nothing": (b"", "车间.jpg"),
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_bad_file_is_named_with_its_field_and_nothing_is_kept(
    visit: Visit, bihuan: Bihuan, language: str
) -> None:
    visitor = visit("inspector1", language=language)
    client = program(bihuan, visitor, language)
    for what, (content, name) in FILES.items():
        sent = {"upload:photos": (content, name)}
        page = visitor.post("/hazards/new", {}, token_of="/hazards/new", files=sent)
        assert page.status_code == 422, what
        told = f"“{name}”" if language == "zh" else f"{name}: Expected"
        assert told in page.text, what
        answer = client.send("POST", "/evidence", data={"file": (io.BytesIO(content), name)})
        (sentence,) = refused(answer, 422, "file")["errors"]["file"]
        assert name in sentence, what
        if language == "en":
            assert sentence.replace(name, "").isascii(), what
    assert kept(bihuan) == 0
    assert stored(bihuan) == 0


def test_a_large_photo_is_kept_and_a_larger_refused(visit: Visit, bihuan: Bihuan) -> None:
    visitor = visit("inspector1")
    forty = picture(8000, 5000)
    visitor.post(
        "/hazards/new", {}, token_of="/hazards/new", files={"upload:photos": (forty, "a.jpg")}
    )
    assert kept(bihuan) == 1
    client = program(bihuan, visitor, "zh")
    sent = {"file": (io.BytesIO(forty), "b.jpg")}
    assert client.send("POST", "/evidence", data=sent).status_code == 201
    sent = {"file": (io.BytesIO(picture(8000, 8000, "PNG")), "c.png")}
    refused(client.send("POST", "/evidence", data=sent), 422, "file")


def test_a_name_with_a_path_is_cut_to_its_end(visit: Visit, bihuan: Bihuan) -> None:
    files = {"upload:photos": (jpeg(), "..\\..\\etc/passwd\u202e.jpg")}
    visit("inspector1").post("/hazards/new", {}, token_of="/hazards/new", files=files)
    with bihuan.database.read() as session:
        assert list(session.scalars(select(EvidenceRow.name))) == ["passwd.jpg"]


def test_more_files_than_any_form_takes_are_refused_together(visit: Visit, bihuan: Bihuan) -> None:
    visitor = visit("inspector1")
    token = visitor.token("/hazards/new")
    many = [(io.BytesIO(jpeg()), f"{n}.jpg") for n in range(MOST_FILES + 1)]
    answer = visitor.client.post("/hazards/new", data={"csrf_token": token, "upload:photos": many})
    assert answer.status_code == 422
    assert f"一次最多上传 {MOST_FILES} 个文件，现有 {MOST_FILES + 1} 个；均未保存" in answer.text
    assert kept(bihuan) == 0


def test_one_person_signs_for_one_body_on_the_page_too(zone: Zone) -> None:
    case = requested(zone)
    both = Grant("industry_economy", "head")
    zone.bihuan.database.run(
        lambda session: organisation.grant(session, "park_east", both.body, both.role)
    )
    tasks = {name: zone.task(case, name) for name in ("sign_park", "sign_department")}
    visitor = Visitor(zone.app)
    visitor.sign_in("park_east")
    for name, status in (("sign_park", 303), ("sign_department", 403)):
        address = f"/tasks/{tasks[name]}"
        answer = visitor.post(f"{address}/complete", {"decision": "agree"}, token_of="/inbox")
        assert answer.status_code == status, name
    assert zone.task(case, "sign_department") == tasks["sign_department"]
