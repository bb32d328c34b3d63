"""The gate: a sound set passes without a word, and every planted fault is told by its code."""

from __future__ import annotations

import dataclasses
import json
import re
import sys
from pathlib import Path

import pytest

from engine.deployment.bundle import Bundle
from engine.deployment.environment import ProcessContract
from engine.deployment.findings import Fault, Finding
from engine.deployment.gate import CHECKS, LAST_CHECKS, check, errors_of
from tests.deployment import (
    faults_designed,
    faults_drawn,
    faults_named,
    faults_waiting,
    planting,
)
from tests.deployment import letters as d
from tests.deployment.letters import DECIDE, ENVIRONMENT, LETTER, findings, letter_files

PLANTED = [
    *faults_drawn.PLANTED,
    *faults_waiting.PLANTED,
    *faults_named.PLANTED,
    *faults_designed.PLANTED,
]


def codes(found: list[Finding]) -> set[str]:
    return {f.code for f in found}


def test_a_sound_set_passes_without_a_word() -> None:
    assert findings(letter_files()) == []


@pytest.mark.parametrize(("code", "diagram"), PLANTED)
def test_a_fault_in_the_diagram_is_found(code: str, diagram: str) -> None:
    found = findings(letter_files(letter_bpmn=diagram))
    assert code in codes(found)
    for finding in found:
        assert finding.sentence
        assert finding.sentence_zh
        assert finding.remedy
        assert finding.remedy_zh
        assert "{" not in finding.remedy


@pytest.mark.parametrize(("code", "name", "content"), faults_named.IN_FILES)
def test_a_fault_in_a_form_or_table_is_found(code: str, name: str, content: str | None) -> None:
    assert code in codes(findings(letter_files(**{name: content})))


@pytest.mark.parametrize("diagram", faults_designed.SOUND)
def test_what_designers_may_add_passes_without_a_word(diagram: str) -> None:
    assert findings(letter_files(letter_bpmn=diagram)) == []


def test_a_field_that_changes_its_type_is_told_because_cases_hold_the_former() -> None:
    former = ProcessContract(fields={"height": "string"})
    known = dataclasses.replace(ENVIRONMENT, processes={"letter": former})
    diagram = faults_designed.SOUND[0]
    assert codes(findings(letter_files(letter_bpmn=diagram), known)) == {"field.retyped"}


OTHERWISE = {
    "field.retyped",
    "flag.unwritten",
    "task.act_unknown",
    "call.recursive",
    "layout.undrawn",
    "message.deaf",
    "message.lost",
    "message.two_starts",
    "process.circle",
    "process.not_compiled",
    "process.too_large",
}


def test_forms_of_acts_need_no_task() -> None:
    assert findings(letter_files(**{"forms/register.json": d.form("register")})) == []


def test_a_message_that_starts_two_processes_is_found() -> None:
    start = '<bpmn:startEvent id="begin">'
    other = d.ARCHIVE.replace('process id="archive"', 'process id="vault"')
    vault = Bundle("vault", {"vault.bpmn": other.encode(), "forms/decide.json": DECIDE.encode()})
    assert start in LETTER
    assert "message.two_starts" in codes(findings(letter_files(), beside=(d.archive(), vault)))


def test_a_message_that_is_sent_or_taken_no_more_is_told() -> None:
    former = ProcessContract(
        throws=frozenset({"letter.old", "letter.gone"}), catches=frozenset({"letter.ask"})
    )
    other = ProcessContract(catches=frozenset({"letter.old"}), throws=frozenset({"letter.ask"}))
    known = dataclasses.replace(ENVIRONMENT, processes={"letter": former, "reader": other})
    found = findings(letter_files(), known)
    assert codes(found) == {"message.lost", "message.deaf"}
    assert {one.severity for one in found} == {"warning"}
    assert any("letter.old" in one.sentence and "reader" in one.sentence for one in found)


def test_processes_in_force_count_as_partners() -> None:
    assert codes(findings(letter_files(), beside=())) == {"message.unheard", "message.unsent"}
    contract = ProcessContract(
        starts=frozenset({"letter.filed"}), throws=frozenset({"letter.answer"})
    )
    known = dataclasses.replace(ENVIRONMENT, processes={"archive": contract})
    assert findings(letter_files(), known, beside=()) == []


def wide(branches: int) -> bytes:
    """Four parallel blocks in series: branches ** 4 ways, which the library predicts one by one."""
    blocks = "".join(
        d.node("parallelGateway", f"p{n}")
        + d.node("parallelGateway", f"q{n}")
        + "".join(
            d.service(f"x{n}{k}", "letter.copy")
            + d.flow(f"p{n}", f"x{n}{k}")
            + d.flow(f"x{n}{k}", f"q{n}")
            for k in range(branches)
        )
        + d.flow(f"q{n}", f"p{n + 1}" if n < 3 else "done")
        for n in range(4)
    )
    ends = d.node("startEvent", "begin") + d.node("endEvent", "done") + d.flow("begin", "p0")
    return d.process("letter", ends + blocks).encode()


@pytest.mark.parametrize(
    ("branches", "expected"),
    [(2, set()), (4, {"process.too_large"}), (6, {"process.not_compiled"})],
)
def test_a_process_too_large_to_start_is_found(branches: int, expected: set[str]) -> None:
    assert codes(findings({"letter.bpmn": wide(branches)}, beside=())) == expected


def calling(called: str) -> bytes:
    text = d.process(
        "letter",
        d.node("startEvent", "begin"),
        d.node("callActivity", "call", calledElement=called),
        d.node("endEvent", "done"),
        d.flow("begin", "call"),
        d.flow("call", "done"),
    )
    inner = planting.BOX.replace("b_", "c_")
    other = f'<bpmn:process id="inner" isExecutable="true">{inner}</bpmn:process>'
    return text.replace("</bpmn:definitions>", f"{other}</bpmn:definitions>").encode()


@pytest.mark.parametrize(
    ("called", "expected"),
    [("inner", set()), ("letter", {"call.recursive"}), ("x", {"call.unknown"})],
)
def test_calls_reach_processes_of_the_same_file_but_never_themselves(
    called: str, expected: set[str]
) -> None:
    assert codes(findings({"letter.bpmn": calling(called)}, beside=())) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('exclusiveGateway id="s_one"', 'exclusiveGateway id="letter"'),
        ('subProcess id="sign_off"', 'subProcess id="letter"'),
        ('subProcess id="sign_off"', "subProcess"),
        ('endEvent id="s_end"', 'endEvent id="sign_off"'),
    ],
)
def test_a_box_without_an_id_of_its_own_is_told_and_not_followed(old: str, new: str) -> None:
    """Whoever follows such a box from its id comes back to it for ever."""
    found = findings(letter_files(letter_bpmn=planting.plant((old, new))))
    assert codes(found) <= {"id.repeated", "id.reserved"}
    assert errors_of(found)


def test_missing_shapes_are_a_warning() -> None:
    found = check([Bundle("letter", letter_files()), d.archive()], ENVIRONMENT)
    assert codes(found) == {"layout.undrawn"}
    assert errors_of(found) == []


def test_all_faults_are_told_at_once_with_file_element_and_line() -> None:
    diagram = planting.plant(
        ('"body" value="office"', '"body" value="nobody"'),
        ("weight > 3", "wait > 3"),
        ('Operator id="letter.send"', 'Operator id="letter.burn"'),
    )
    found = findings(letter_files(letter_bpmn=diagram, forms_write_json=json.dumps({})))
    assert {"task.body", "expression.name", "operation.unknown", "form.unreadable"} <= codes(found)
    body = next(f for f in found if f.code == "task.body")
    assert (body.file, body.element) == ("letter.bpmn", "write")
    assert 'id="write"' in diagram.splitlines()[body.line - 1]
    assert "nobody" in body.text("en")
    assert "nobody" in body.text("zh")


def test_every_fault_that_the_gate_declares_was_planted_here() -> None:
    modules = {one.__module__ for one in (*CHECKS, *LAST_CHECKS)} | {Bundle.__module__}
    declared = {
        fault.code
        for module in modules
        for fault in vars(sys.modules[module]).values()
        if isinstance(fault, Fault)
    }
    planted = (
        {code for code, _ in PLANTED} | {code for code, _, _ in faults_named.IN_FILES} | OTHERWISE
    )
    assert declared == planted


def test_every_check_is_listed_in_the_gate() -> None:
    folder = Path(sys.modules[check.__module__].__file__ or "").parent / "checks"
    written = {
        (path.stem, name)
        for path in folder.glob("*.py")
        for name in re.findall(r"^def (check_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    listed = {(one.__module__.rpartition(".")[2], one.__name__) for one in (*CHECKS, *LAST_CHECKS)}
    assert listed == written


def test_an_act_that_the_application_cannot_do_is_refused() -> None:
    names = ("write", "sign_one", "sign_two", "mark")
    known = frozenset({"letter.mark:mark", *(f"letter.{name}" for name in names[:3])})
    able = dataclasses.replace(ENVIRONMENT, task_acts=known)
    assert findings(letter_files(), able, beside=()) == findings(letter_files(), beside=())
    unable = dataclasses.replace(ENVIRONMENT, task_acts=known - {"letter.write"})
    found = findings(letter_files(), unable, beside=())
    refused = [one for one in found if one.code == "task.act_unknown"]
    assert [one.element for one in refused] == ["write"]
    assert "letter.sign_one, letter.sign_two" in refused[0].remedy


def test_a_flag_that_one_way_does_not_write_is_told_where_it_is_read() -> None:
    behind = LETTER.replace("weight &gt; 3", 'sent = "x"').replace("weight > 3", 'sent = "x"')
    before = LETTER.replace('case.level = "minor"', 'case.level = "minor" and sent = "x"')
    assert LETTER not in (behind, before)
    assert "flag.unwritten" not in codes(findings(letter_files(letter_bpmn=behind)))
    [found] = [
        one for one in findings(letter_files(letter_bpmn=before)) if one.code == "flag.unwritten"
    ]
    assert (found.element, found.severity) == ("signed", "warning")
    assert "sent" in found.sentence
