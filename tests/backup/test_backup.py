"""A backup taken while people work is one instant, and comes back whole or not at all."""

from __future__ import annotations

import shutil
import tarfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import func, inspect, select

from engine import clock
from engine.errors import Invalid, Unavailable
from engine.store.tables import Case
from tests.backup.conftest import Places
from tests.domain import journeys
from tests.domain.world import World
from workflows.app import Bihuan
from workflows.backup import archive, databases, manifest
from workflows.backup.restoring import restore
from workflows.backup.saving import save

WRITERS = 3


def _nobody(done: int, total: int) -> None:
    """Nobody watches."""


def _cases(bihuan: Bihuan) -> int:
    with bihuan.database.read() as session:
        return session.scalar(select(func.count()).select_from(Case)) or 0


def test_a_backup_taken_while_people_work_comes_back_sound(places: Places) -> None:
    world = places.world
    before = _cases(world.bihuan)
    with _people_at_work(world):
        saved = save(world.bihuan, places.file, _nobody)
    assert before <= saved.manifest.heads.cases < _cases(world.bihuan)

    empty = places.empty()
    done = restore(empty, places.file, _nobody)
    assert done.same_key
    assert done.report.findings == []
    assert done.report.notes == []
    assert done.report.read["cases"] == saved.manifest.heads.cases == _cases(empty)
    with empty.database.snapshot() as session:
        assert manifest.heads(session) == saved.manifest.heads
        files = manifest.named_files(session)
    assert len(files) == saved.manifest.evidence > 0
    empty.database.dispose()


@contextmanager
def _people_at_work(world: World) -> Iterator[None]:
    """Let some people begin and end cases, each at work when the block begins, till its end."""
    begun, enough = threading.Semaphore(0), threading.Event()
    with ThreadPoolExecutor(WRITERS) as pool:
        working = [pool.submit(_work, world, begun, enough) for _ in range(WRITERS)]
        for _ in working:
            begun.acquire()
        try:
            yield
        finally:
            enough.set()
        for one in working:
            one.result()


def _work(world: World, begun: threading.Semaphore, enough: threading.Event) -> None:
    try:
        with clock.use(world.time):
            while not enough.is_set():
                # Told to come back later, a person begins something else.
                with suppress(Unavailable):
                    case = journeys.served(world, "larger")
                    begun.release()
                    journeys.reported(world, case)
    finally:
        begun.release()


def test_a_place_that_is_not_empty_is_left_alone(places: Places) -> None:
    save(places.world.bihuan, places.file, _nobody)
    cases = _cases(places.world.bihuan)
    with pytest.raises(Invalid, match="empty database"):
        restore(places.world.bihuan, places.file, _nobody)
    assert _cases(places.world.bihuan) == cases
    empty = places.empty()
    stranger = empty.settings.evidence_directory / "ab" / ("ab" * 32)
    stranger.parent.mkdir(parents=True)
    stranger.write_bytes(b"another's")
    with pytest.raises(Invalid, match="empty folder"):
        restore(empty, places.file, _nobody)
    assert _is_empty(empty)
    assert stranger.read_bytes() == b"another's"
    empty.database.dispose()


def test_a_restore_that_was_cut_off_is_begun_again(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(places.world.bihuan, places.file, _nobody)
    empty = places.empty()

    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr("workflows.backup.places.move_database", cut_off)
        cut.setattr("workflows.backup.databases.put_back", cut_off)
        with pytest.raises(KeyboardInterrupt):
            restore(empty, places.file, _nobody)
    assert _is_empty(empty)
    assert restore(empty, places.file, _nobody).report.sound
    assert not list(places.folder.rglob(".bihuan-*"))
    empty.database.dispose()


def _is_empty(bihuan: Bihuan) -> bool:
    if bihuan.database.is_sqlite:
        return not Path(bihuan.database.url.database or "").exists()
    return inspect(bihuan.database.engine).get_table_names() == []


def test_the_key_of_the_anchors_must_be_there(sqlite_places: Places) -> None:
    save(sqlite_places.world.bihuan, sqlite_places.file, _nobody)
    stranger = sqlite_places.empty(anchor_key=b"another key")
    with pytest.raises(Invalid, match="key that signed"):
        restore(stranger, sqlite_places.file, _nobody)
    assert _is_empty(stranger)
    done = restore(stranger, sqlite_places.file, _nobody, without_key=True)
    assert not done.same_key
    assert done.report.sound
    stranger.database.dispose()


def test_an_existing_file_is_not_written_over(sqlite_places: Places) -> None:
    sqlite_places.file.write_bytes(b"the backup of yesterday")
    with pytest.raises(Invalid, match="exists"):
        save(sqlite_places.world.bihuan, sqlite_places.file, _nobody)
    assert sqlite_places.file.read_bytes() == b"the backup of yesterday"
    folder = sqlite_places.folder / "many"
    folder.mkdir()
    saved = save(sqlite_places.world.bihuan, folder, _nobody)
    assert saved.file.parent == folder
    assert [path.name for path in folder.iterdir()] == [saved.file.name]
    with pytest.raises(Invalid, match="folder"):
        save(sqlite_places.world.bihuan, sqlite_places.folder / "nowhere" / "a.tar", _nobody)


def test_a_missing_original_is_named_and_the_rest_is_saved(sqlite_places: Places) -> None:
    bihuan = sqlite_places.world.bihuan
    with bihuan.database.read() as session:
        first, second, *_ = manifest.named_files(session)
    bihuan.evidence.path(first).unlink()
    bihuan.evidence.path(second).write_bytes(b"altered")
    saved = save(bihuan, sqlite_places.file, _nobody)
    assert saved.manifest.missing == [first, second]
    empty = sqlite_places.empty()
    done = restore(empty, sqlite_places.file, _nobody)
    assert set(done.report.faults) == {"evidence"}
    empty.database.dispose()


def test_without_the_programs_of_postgresql_it_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    databases.check_program(databases.SQLITE, "pg_dump")
    with pytest.raises(Unavailable, match="pg_dump") as refused:
        databases.check_program(databases.POSTGRESQL, "pg_dump")
    assert "客户端" in refused.value.message_zh


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size * 2 // 3])


def _without_manifest(file: Path) -> None:
    _without(file, manifest.NAME)


def _without_evidence(file: Path) -> None:
    with tarfile.open(file) as opened:
        _without(file, next(name for name in opened.getnames() if name.startswith("evidence/")))


def _without(file: Path, left_out: str) -> None:
    """Write an archive again without one of its members."""
    copy = file.with_suffix(".old")
    shutil.move(file, copy)
    with tarfile.open(copy) as source, tarfile.open(file, "w") as target:
        for info in source:
            if info.name != left_out:
                target.addfile(info, source.extractfile(info))


def _flipped(file: Path) -> None:
    """Change one bit in the middle of the database."""
    with tarfile.open(file) as opened:
        member = opened.getmembers()[0]
    content = bytearray(file.read_bytes())
    content[member.offset_data + member.size // 2] ^= 1
    file.write_bytes(content)


def _strange(file: Path) -> None:
    with tarfile.open(file, "r") as source:
        last = source.getmembers()[-1]
        text = source.extractfile(last)
        assert text is not None
        said = text.read().replace(b'"cases":', b'"cases":1')
    _without_manifest(file)
    path = file.with_name("manifest.json")
    path.write_bytes(said)
    with tarfile.open(file, "a") as target:
        target.add(path, manifest.NAME)


def _nonsense(file: Path) -> None:
    file.write_bytes(b"no archive at all" * 1000)


def _escaping(file: Path) -> None:
    path = file.with_name("evil")
    path.write_bytes(b"evil")
    with tarfile.open(file, "a") as target:
        target.add(path, "../../evil")


@pytest.mark.parametrize(
    "damage",
    [_cut, _without_manifest, _without_evidence, _flipped, _strange, _nonsense, _escaping],
)
def test_a_damaged_archive_is_refused_and_nothing_is_restored(
    damage: object, sqlite_places: Places
) -> None:
    save(sqlite_places.world.bihuan, sqlite_places.file, _nobody)
    assert callable(damage)
    damage(sqlite_places.file)
    empty = sqlite_places.empty()
    with pytest.raises(Invalid) as refused:
        restore(empty, sqlite_places.file, _nobody)
    assert "nothing was restored" in refused.value.message
    assert "没有恢复" in refused.value.message_zh
    assert _is_empty(empty)
    held = empty.settings.evidence_directory
    assert not held.exists() or not list(held.rglob("*"))
    assert not list(sqlite_places.folder.rglob(".bihuan-*"))
    empty.database.dispose()


def test_a_sound_archive_is_read_without_being_unpacked(sqlite_places: Places) -> None:
    saved = save(sqlite_places.world.bihuan, sqlite_places.file, _nobody)
    assert archive.read(sqlite_places.file).manifest == saved.manifest
