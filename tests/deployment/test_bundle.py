"""Bundles: what belongs to one, when it is the same, and how its versions are counted."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from engine.deployment.bundle import SIZE_LIMIT, Bundle, read_bundle
from engine.deployment.deploy import Deployed, deploy
from engine.errors import Invalid, NotFound
from engine.ports import Actor
from engine.store import definitions
from engine.store.database import Database
from engine.work.database_catalogue import DatabaseCatalogue
from tests.copied import Copies, tables
from tests.deployment.letters import ARCHIVE, DECIDE, ENVIRONMENT, LETTER, archive, letter_files

NOW = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
DESIGNER = Actor("designer", "设计员")


def write_tree(root: Path) -> tuple[Path, Path]:
    folder, forms = root / "processes" / "letter", root / "forms" / "letter"
    folder.mkdir(parents=True)
    forms.mkdir(parents=True)
    for path, content in letter_files().items():
        target = forms / path.removeprefix("forms/") if path.startswith("forms/") else folder / path
        target.write_bytes(content)
    (folder / "README.md").write_text("not part of it", encoding="utf-8")
    return root / "processes", root / "forms"


def test_a_bundle_is_read_from_the_source_tree(tmp_path: Path) -> None:
    processes, forms = write_tree(tmp_path)
    bundle = read_bundle(processes, forms, "letter")
    assert dict(bundle.files) == letter_files()
    assert bundle.digest == Bundle("letter", letter_files()).digest
    assert set(bundle.read.forms) == {"decide", "write"}
    assert set(bundle.read.decisions) == {"weight"}
    assert bundle.contract.throws == {"letter.filed"}
    assert bundle.contract.catches == {"letter.answer", "letter.void"}
    assert archive().contract.starts == {"letter.filed"}


def test_a_process_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_bundle(tmp_path, tmp_path, "letter")


def test_a_bundle_that_is_too_large_is_refused(tmp_path: Path) -> None:
    processes, forms = write_tree(tmp_path)
    (processes / "letter" / "big.dmn").write_bytes(b" " * SIZE_LIMIT)
    with pytest.raises(Invalid):
        read_bundle(processes, forms, "letter")


@pytest.mark.parametrize(
    "other",
    [
        letter_files(letter_bpmn=LETTER + " "),
        letter_files(forms_decide_json=None),
        letter_files(**{"forms/spare.json": "{}"}),
        {"x" + path: content for path, content in letter_files().items()},
        {**letter_files(), "forms/decide.json": b"", "forms/write.json": DECIDE.encode()},
    ],
)
def test_any_change_changes_the_digest(other: dict[str, bytes]) -> None:
    assert Bundle("letter", other).digest != Bundle("letter", letter_files()).digest


def test_the_order_of_files_does_not_change_the_digest() -> None:
    backwards = dict(reversed(letter_files().items()))
    assert Bundle("letter", backwards).digest == Bundle("letter", letter_files()).digest


@pytest.fixture
def database(copied: Copies) -> Database:
    return Database(copied(tables))


def put(database: Database, *bundles: Bundle) -> list[Deployed]:
    with database.begin() as session:
        return deploy(session, bundles, ENVIRONMENT, actor=DESIGNER, now=NOW)


def test_the_same_content_keeps_its_version_and_other_content_gets_the_next(
    database: Database,
) -> None:
    first = Bundle("letter", letter_files())
    changed = Bundle("letter", letter_files(letter_bpmn=LETTER.replace("办公室", "办公厅")))
    assert put(database, first, archive()) == [
        Deployed("letter", 1, new=True),
        Deployed("archive", 1, new=True),
    ]
    assert put(database, first, archive()) == [
        Deployed("letter", 1, new=False),
        Deployed("archive", 1, new=False),
    ]
    assert put(database, changed, archive())[0] == Deployed("letter", 2, new=True)
    assert put(database, first, archive())[0] == Deployed("letter", 3, new=True)
    with database.read() as session:
        assert definitions.files(session, "letter", 1) == letter_files()
        assert definitions.files(session, "letter", 2) == dict(changed.files)
        latest = definitions.latest(session, "letter")
    assert latest is not None
    assert (latest.version, latest.digest) == (3, first.digest)
    assert (latest.name_zh, latest.name) == ("letter流程", "The letter")
    assert (latest.deployed_by, latest.deployed_at) == ("designer", NOW)
    database.dispose()


def test_one_faulty_bundle_keeps_the_whole_set_out_and_all_errors_are_told(
    database: Database,
) -> None:
    broken = LETTER.replace("weight > 3", "weight >")
    faulty = Bundle("letter", letter_files(letter_bpmn=broken, forms_write_json="{"))
    with pytest.raises(Invalid) as refused:
        put(database, archive(), faulty)
    told = [e.field for e in refused.value.errors]
    assert "forms/write.json" in told
    assert any(field.endswith(":f_copies_copy_one") for field in told)
    assert all(e.message_zh for e in refused.value.errors)
    with database.read() as session:
        assert definitions.active(session) == []
    database.dispose()


def test_a_bundle_deployed_alone_finds_its_partners_among_the_processes_in_force(
    database: Database,
) -> None:
    letter = Bundle("letter", letter_files())
    with pytest.raises(Invalid):
        put(database, letter)
    put(database, letter, archive())
    assert put(database, letter) == [Deployed("letter", 1, new=False)]
    other = {"vault.bpmn": ARCHIVE.replace('process id="archive"', 'process id="vault"').encode()}
    with pytest.raises(Invalid) as refused:
        put(database, Bundle("vault", {**other, "forms/decide.json": DECIDE.encode()}))
    assert [e.field.rpartition(":")[2] for e in refused.value.errors] == ["begin"]
    database.dispose()


def test_each_agency_numbers_and_uses_its_own_versions(database: Database) -> None:
    """Deploying for one agency neither counts on nor retires what another has in force."""
    first = Bundle("letter", letter_files())
    changed = Bundle("letter", letter_files(letter_bpmn=LETTER.replace("办公室", "办公厅")))
    put(database, first, archive())
    with database.begin() as session:
        other = deploy(
            session, [changed, archive()], ENVIRONMENT, actor=DESIGNER, now=NOW, agency="other"
        )
    assert [(one.process, one.version) for one in other] == [("letter", 1), ("archive", 1)]
    with database.read() as session:
        own = [definitions.latest(session, "letter", agency=a) for a in ("default", "other")]
        assert [one.digest for one in own if one] == [first.digest, changed.digest]
        assert [len(definitions.active(session, agency=a)) for a in ("default", "other")] == [2, 2]
        assert len(definitions.versions(session, "letter", agency="other")) == 1
        assert definitions.files(session, "letter", 1, agency="other") == dict(changed.files)
    catalogue = DatabaseCatalogue(database)
    assert catalogue.of("default") is catalogue
    assert catalogue.of("other") is catalogue.of("other")
    assert (
        catalogue.compiled("letter", 1).digest != catalogue.of("other").compiled("letter", 1).digest
    )
    database.dispose()
