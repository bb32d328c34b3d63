"""Scenarios that somebody wrote: what is wrong is told at its line and field, in both languages."""

from __future__ import annotations

import pytest

from engine.errors import Invalid
from workflows.deploying import PROCESSES, processes
from workflows.designing.beginning import shipped_scenarios
from workflows.scenarios import rows, yaml_nodes
from workflows.scenarios.faults import Fault
from workflows.scenarios.loader import load_scenarios
from workflows.scenarios.written import read_all

GOOD = """title: {zh: 甲, en: A}
clock: 2026-03-02T09:00
start:
  by: inspector1
  data: {level: general}
steps:
  - {by: inspector1, task: confirm_level, data: {level: general}}
  - {advance: P1D}
  - expect: {open: [rectify], closed: false}
"""


def faults(text: str) -> tuple[Fault, ...]:
    (found,) = read_all("p", {"scenarios/a.yaml": text.encode()})
    return found.faults


@pytest.mark.parametrize("process", processes())
def test_what_is_shipped_reads_as_the_loader_reads_it(process: str) -> None:
    read = read_all(process, shipped_scenarios(process))
    assert [one.faults for one in read] == [()] * len(read)
    assert [one.scenario for one in read] == load_scenarios(PROCESSES, process)


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "sentence"),
    [
        ("clock: 2026-03-02T09:00", "clock: soon", 2, "clock", "Expected an instant"),
        ("clock: 2026-03-02T09:00", "clock: 2025-03-02T09:00", 2, "clock", "not before"),
        ("title: {zh: 甲, en: A}", "title: {zh: 甲}", 1, "title", "Expected en"),
        ("  by: inspector1\n", "  who: inspector1\n", 4, "start.who", "but it is who"),
        ("task: confirm_level", "job: confirm_level", 7, "steps.0.job", "but it is job"),
        ("P1D", "a day", 8, "steps.1.advance", "Expected a period"),
        ("P1D", "P999999999D", 8, "steps.1.advance", "Expected a period"),
        ("P1D", "P3000D", 6, "steps", "five years"),
        ("closed: false", "closed: perhaps", 9, "steps.2.expect.closed", "true or false"),
        ("closed: false", "shut: false", 9, "steps.2.expect.shut", "but it is shut"),
        ("{level: general}}", "{level: general}, refused: no}", 7, "steps.0.refused", "one of"),
        ("steps:\n", "steps:\n  - []\n", 7, "steps.0", "names with values"),
        ("  by: inspector1\n", "  by: inspector1\n  by: other\n", 5, "start.by", "by once"),
        ("steps:", "before: [b]\nsteps:", 6, "before", "sound scenario b"),
        ("steps:", "before: [a]\nsteps:", 6, "before", "before itself"),
        ("title: {zh: 甲, en: A}", "title: {zh: 甲, en: A", 2, "", "Expected YAML"),
        ("general}\n", "!!python/name:os.system x}\n", 5, "", "Expected YAML"),
        ("general}\n", "2026-13-45}\n", 1, "", "values that exist"),
    ],
)
def test_every_fault_is_told_where_it_is(
    old: str, new: str, line: int, field: str, sentence: str
) -> None:
    found = faults(GOOD.replace(old, new, 1))
    told = [one for one in found if sentence in one.sentence]
    assert told, found
    assert (told[0].line, told[0].field) == (line, field)
    assert told[0].text("zh") != told[0].text("en")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 1000,
        "a: " + "x" * 300_000,
        "a: &a [1, *a]",
        "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
        + "".join(
            f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]\n"
            for old, new in zip("abcdef", "bcdefg", strict=True)
        ),
    ],
)
def test_a_text_that_holds_too_much_is_refused_at_once(text: str) -> None:
    with pytest.raises(Invalid):
        yaml_nodes.read(text)
    assert faults(text)


def test_no_text_breaks_the_reader() -> None:
    for text in ("", "- a", "1", "null", "title: 1\nclock: 1\nstart: 1\nsteps: 1", "? [a]\n: b"):
        assert faults(text), text


@pytest.mark.parametrize("process", processes())
def test_a_table_writes_what_it_was_read_from(process: str) -> None:
    for one in read_all(process, shipped_scenarios(process)):
        assert one.scenario is not None
        table = rows.rows_of(one.value)
        begins = str(rows.plain(one.value["clock"]))
        text = rows.text_of(one.value["title"], begins, one.value.get("before") or [], table)
        again = yaml_nodes.read(text).value
        for name in ("start", "steps", "before", "title"):
            assert rows.plain(again.get(name) or []) == rows.plain(one.value.get(name) or []), text


def test_answers_that_are_no_lines_are_told_at_their_row() -> None:
    start = {"kind": "start", "by": "inspector1", "name": "", "text": "- a", "refused": ""}
    with pytest.raises(Invalid) as told:
        rows.text_of({}, "2026-03-02T09:00", [], [start])
    assert [one.field for one in told.value.errors] == ["rows.0"]


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("a: '#x'\nb: |\n  # no\nc: x#y\n", ()),
        ("a: 1 # why\n", ("comments",)),
        ("a: |\n  中\n# why\nb: 1\n", ("comments",)),
        ("a: &x {b: '#'}\nc: *x\n", ("anchors",)),
        ("a: &x [1]\nb: *x\n# why\n", ("anchors", "comments")),
    ],
)
def test_what_a_table_would_lose_is_known(text: str, lost: tuple[str, ...]) -> None:
    assert yaml_nodes.unkept(text) == lost


def test_what_was_before_does_not_grow_without_bound() -> None:
    files = {"scenarios/s00.yaml": GOOD.encode()}
    for number in range(1, 40):
        twice = f"before: [s{number - 1:02}, s{number - 1:02}]\n"
        files[f"scenarios/s{number:02}.yaml"] = (twice + GOOD).encode()
    read = read_all("hazard_rectification", files)
    sound = [one.name for one in read if one.scenario is not None]
    assert sound == ["s00", "s01", "s02", "s03"]
    [fault] = read[4].faults
    assert (fault.line, fault.field) == (1, "before")
    assert "at most 30 scenarios" in fault.sentence
