"""Out as files and in again: the same content is the same version, and bad files are told."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.deployment.bundle import Bundle
from engine.errors import Invalid, NotFound
from engine.store import definitions
from tests.designing.editor import DIAGRAM, PROCESS, Editor, begun
from tests.designing.roads import AGENCY, FORM, approved, changed, files, who
from tests.web.visitor import Visitor
from workflows.app import Bihuan
from workflows.deploying import bundles, deploy_bundles
from workflows.designing import exchange, going_live, packing
from workflows.designing.drafts import bundle_of
from workflows.designing.packing import Package

Visit = Callable[..., Visitor]


def package(bihuan: Bihuan, version: int = 1) -> Package:
    with bihuan.database.read() as session:
        return exchange.of_version(session, AGENCY, PROCESS, version)


def zipped(**entries: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in entries.items():
            archive.writestr(path, content)
    return target.getvalue()


def test_a_version_is_the_same_after_going_out_and_in(bihuan: Bihuan, tmp_path: Path) -> None:
    going_live.go_live(bihuan, who(bihuan), approved(bihuan, changed(bihuan)).id)
    out = package(bihuan, 2)
    assert packing.pack(out) == packing.pack(package(bihuan, 2))
    assert any(path.startswith("scenarios/") for path in out.files)
    for again in (packing.unpack(packing.pack(out)), packing.read(packing.write(out, tmp_path))):
        assert again == out
        bundle = bundle_of(again.process, again.files)
        assert bundle.digest == out.manifest["digest"]
        (done,) = deploy_bundles(bihuan, [bundle])
        assert (done.version, done.new) == (2, False)


def test_the_folder_is_as_the_source_tree_has_it(bihuan: Bihuan, tmp_path: Path) -> None:
    (bundle,) = bundles([PROCESS])
    root = packing.write(package(bihuan), tmp_path)
    (root / "forms" / "gone.json").write_text("{}")
    (root / "notes.txt").write_text("mine")
    packing.write(package(bihuan), tmp_path)
    assert (root / DIAGRAM).read_bytes() == bundle.files[DIAGRAM]
    assert not (root / "forms" / "gone.json").exists()
    assert (root / "notes.txt").exists()
    told = json.loads((root / "bundle.json").read_text("utf-8"))
    assert (told["process"], told["version"], told["digest"]) == (PROCESS, 1, bundle.digest)


def test_a_package_becomes_a_draft_of_the_version_it_came_from(bihuan: Bihuan) -> None:
    first = package(bihuan)
    going_live.go_live(bihuan, who(bihuan), approved(bihuan, changed(bihuan)).id)
    draft = exchange.take_in(bihuan.database, who(bihuan), AGENCY, first)
    assert (draft.base, draft.title, draft.state) == (1, "误报更正", "open")
    assert draft.title_en == changed(bihuan).title_en != draft.title
    assert files(bihuan, draft)[DIAGRAM] == first.files[DIAGRAM]
    foreign = Package(PROCESS, first.files, {"version": 1, "digest": "another"})
    assert exchange.take_in(bihuan.database, who(bihuan), AGENCY, foreign).base == 2


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK no zip",
        zipped(),
        zipped(**{"readme.md": b"x"}),
        zipped(**{"a.bpmn": b"<a/>", "b.bpmn": b"<a/>"}),
        zipped(**{"p/p.bpmn": b"<a/>", "p/../../etc.json": b"x"}),
        zipped(**{"p.bpmn": b"<a/>", "run.sh": b"x"}),
        zipped(**{"p.bpmn": b"<a/>", "forms/a.json": b"0" * 5_000_001}),
        zipped(**{"p.bpmn": b"<a/>", **{f"forms/f{n}.json": b"{}" for n in range(301)}}),
    ],
)
def test_a_zip_that_is_no_process_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        packing.unpack(data)
    assert refused.value.errors


def test_what_systems_add_to_a_zip_is_no_matter() -> None:
    data = zipped(**{"a/p/p.bpmn": b"<a/>", "__MACOSX/a/._p": b"x", "a/p/.DS_Store": b"x"})
    assert packing.unpack(data) == Package("p", {"p.bpmn": b"<a/>"})


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        packing.read(tmp_path / "none")
    with pytest.raises(Invalid):
        packing.read(tmp_path)


def test_the_pages_send_and_take_the_same_files(visit: Visit, bihuan: Bihuan) -> None:
    designer = visit("designer")
    sent = designer.get(f"/definitions/{PROCESS}/1/export.zip")
    assert (sent.status_code, sent.mimetype) == (200, "application/zip")
    assert sent.data == packing.pack(package(bihuan))
    taken = designer.post(
        "/drafts/import", files={"file": (sent.data, "p.zip")}, token_of="/drafts/import"
    )
    assert taken.status_code == 303
    draft = taken.location.rpartition("/")[2]
    assert Editor(designer, draft).files[FORM]
    for data in (b"nothing", zipped(**{"p.bpmn": b"\xff\xfe"})):
        refused = designer.post(
            "/drafts/import", files={"file": (data, "p.zip")}, token_of="/drafts/import"
        )
        assert refused.status_code == 422
    assert designer.get(f"/definitions/{PROCESS}/9/export.zip").status_code == 404


def test_a_draft_goes_out_as_it_would_be_deployed(visit: Visit) -> None:
    designer = visit("designer")
    draft = begun(designer)
    editor = Editor(designer, draft)
    editor.save(
        DIAGRAM, editor.files[DIAGRAM].replace("提请误报", "提出误报").replace("\n", "\r\n")
    )
    out = packing.unpack(designer.get(f"/drafts/{draft}/export.zip").data)
    assert b"\r" not in out.files[DIAGRAM]
    (bundle,) = bundles([PROCESS])
    assert out.files[FORM] == bundle.files[FORM]
    assert out.manifest["digest"] == bundle.digest


def test_the_page_of_an_earlier_version_goes_back_to_it(visit: Visit, bihuan: Bihuan) -> None:
    going_live.go_live(bihuan, who(bihuan), approved(bihuan, changed(bihuan)).id)
    office = visit("office_head")
    way = f"/definitions/{PROCESS}/1"
    assert "回退到第 1 版" in office.page(way).text
    assert "回退" not in visit("inspector1").page(way).text
    assert "回退" not in office.page(f"/definitions/{PROCESS}/2").text

    def back(**data: object) -> int:
        return office.post(f"{way}/rollback", data, token_of="/notifications").status_code

    assert back(seen=2, reason="") == 422
    assert back(seen=1, reason="流程有误") == 409
    assert back(seen=2, reason="流程有误") == 303
    with bihuan.database.read() as session:
        last = definitions.latest(session, PROCESS)
    assert last is not None
    assert (last.version, last.digest) == (3, Bundle(PROCESS, bundles([PROCESS])[0].files).digest)
