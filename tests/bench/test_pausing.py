"""A year that pauses between two hazards goes on as if it had not."""

from __future__ import annotations

from pathlib import Path

from engine import clock
from workflows.app import Bihuan
from workflows.bench.city import founding
from workflows.bench.city.lived import Lived, lived
from workflows.bench.city.pausing import Pause, forget, pause_of
from workflows.bench.city.playing import City
from workflows.bench.city.run import END, known
from workflows.bench.city.year import AGENCIES, findings
from workflows.bench.installed import bare
from workflows.bench.places import Place
from workflows.checking.inspection import inspect
from workflows.checking.invariants import invariant_findings

SCALE = 0.0001
EVERY = 6
"""Hazards between two pauses."""


def test_a_year_goes_on_where_it_paused(tmp_path: Path) -> None:
    wanted = len(list(findings(SCALE, known())))
    with bare(Place(synchronous="NORMAL")) as there:
        bihuan = there.open()
        founding.found(bihuan, SCALE)
        pauses, city = paused_again_and_again(bihuan, tmp_path)
        with clock.use(clock.VirtualClock(END)):
            report = inspect(bihuan)
        with bihuan.database.snapshot() as session:
            edges = list(invariant_findings(session))
        bihuan.database.dispose()
    assert pauses == wanted // EVERY >= 3
    assert city.tally.done["register"] == report.read["cases"] == wanted
    assert city.tally.refused == {}
    assert city.tally.done["complete"] >= 5 * wanted
    assert (report.sound, edges) == (True, [])


def paused_again_and_again(bihuan: Bihuan, folder: Path) -> tuple[int, City]:
    """Live the year, each stretch by a city that knows only what was kept of the one before."""
    taken: list[int] = []
    pauses, pause = 0, None
    while True:
        city, coming = City(bihuan, SCALE, END), findings(SCALE, known())
        if pause is not None:
            city.go_on(pause, coming)
        pause = city.play(coming, lambda: taken.append(1), lambda: len(taken) % EVERY == 0)
        if pause is None:
            return pauses, city
        pauses += 1
        pause.keep(folder, "county1")
        pause = pause_of(folder, "county1")


def test_a_pause_is_forgotten_once_its_year_goes_on(tmp_path: Path) -> None:
    Pause(1, "2024-01-01T09:00:00+08:00", [], {}, {}, 0).keep(tmp_path, "county1")
    forget(tmp_path, "county1")
    assert pause_of(tmp_path, "county1") is None


def test_what_paused_comes_first(tmp_path: Path) -> None:
    book = Lived(SCALE, seconds=1.0)
    for agency in AGENCIES[:3]:
        book.note(agency, None)
    book.note(AGENCIES[0], {})
    book.note(AGENCIES[1], "paused")
    book.note(AGENCIES[2], "paused")
    book.keep(tmp_path)
    assert lived(tmp_path, SCALE).left[:2] == list(AGENCIES[1:3])
    assert AGENCIES[0] not in book.left
    book.note(AGENCIES[1], None)
    assert (book.paused, book.begun) == ([AGENCIES[2]], list(AGENCIES[:3]))
