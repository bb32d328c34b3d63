"""A case played on while its scenario is written: forms drawn, acts done, rows kept of them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from engine.errors import Unavailable
from tests.designing.editor import Editor, begun
from tests.web.visitor import Visitor
from workflows.deploying import bundles
from workflows.trying import child, warm
from workflows.trying.rehearsal import Question
from workflows.trying.trial import Trial

Visit = Callable[..., Visitor]
START = {
    "kind": "start",
    "by": "inspector1",
    "text": "enterprise: enterprise01\nfinder_body: bureau\nfound_at: 2026-03-02T08:30\n"
    "source: department\nlocation: 熔炼车间\ndescription: 冷却水无压力报警\n"
    "category: object\nphotos: [冷却水]\n",
}


@pytest.fixture(scope="module", autouse=True)
def ended() -> Iterator[None]:
    yield
    warm.WARM.close()


@pytest.fixture
def editor(visit: Visit) -> Editor:
    designer = visit("designer")
    return Editor(designer, begun(designer))


def test_acts_become_rows_that_hold_when_they_are_played_again(editor: Editor) -> None:
    played = Recording(editor)
    told = played.ask()
    assert [one["name"] for one in told["stands"]["tasks"]] == ["confirm_level"]
    assert told["stands"]["now"] == "2026-03-02T09:00"
    assert "inspector1" in told["stands"]["tasks"][0]["people"]
    assert "case.void_propose" in {one["name"] for one in told["stands"]["acts"]}

    drawn = played.ask(kind="task", name="confirm_level", by="inspector1")
    assert 'name="level"' in drawn["html"]
    assert "隐患等级" in drawn["html"]
    refused = played.ask(kind="task", name="confirm_level", by="inspector1", values=[], sent=True)
    assert "此项必填" in refused["html"]
    assert refused["denied"]["kind"] == "invalid"
    values = [["level", "general"], ["reason", ""]]
    done = played.ask(kind="task", name="confirm_level", by="inspector1", values=values, sent=True)
    assert done["row"]["text"] == "level: general\n"
    assert [one["name"] for one in done["stands"]["tasks"]] == ["serve_order"]

    facts = "\n".join(f"{name}: {json.dumps(one)}" for name, one in done["stands"]["facts"].items())
    played.rows += [done["row"], {"kind": "expect", "text": facts}]
    again = played.ask()
    assert again["played"]["passed"], again["played"]["failures"]
    assert again["stands"]["due"] > again["stands"]["now"]


def test_refusals_have_their_names_and_nothing_blank_or_hidden_is_kept(editor: Editor) -> None:
    played = Recording(editor)
    task: dict[str, Any] = {"kind": "task", "name": "confirm_level", "sent": True}
    denied = played.ask(**task, by="town1", values=[["level", "general"]])["denied"]
    assert denied["kind"] == "not_allowed"
    assert denied["sentence"]
    values = [["level", "general"], ["criterion", "第十一条"], ["reason", ""]]
    done = played.ask(**task, by="inspector1", values=values)
    assert done["row"]["text"] == "level: general\n"


def test_a_registration_is_filled_in_with_what_its_row_holds(editor: Editor) -> None:
    played = Recording(editor)
    drawn = played.ask(**START)
    assert "冷却水无压力报警" in drawn["html"]
    assert drawn["files"] == {"photos": ["冷却水"]}
    assert drawn["stands"] is None
    done = played.ask(**{**START, "values": None, "sent": True})
    assert done["row"]["kind"] == "start"
    assert "photos: [冷却水]" in done["row"]["text"]
    assert [one["name"] for one in done["stands"]["tasks"]] == ["confirm_level"]


def test_what_is_no_question_is_refused(editor: Editor) -> None:
    wrong: list[dict[str, Any]] = [
        {"fill": "x"},
        {"fill": {"kind": "wait"}},
        {"fill": {"kind": "task", "name": 1}},
        {"fill": {"kind": "task", "values": [["a"]]}},
        {"fill": {"kind": "task", "values": [["a", "b"]] * 2001}},
        {"rows": []},
        {"name": "../x"},
    ]
    for body in wrong:
        sent = {**Recording(editor).body(), **body}
        assert editor.send("POST", "scenarios/play", sent).status_code in {404, 422}, body


def test_no_more_programs_are_kept_than_there_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warm, "AT_ONCE", 1)
    kept = warm.Warm()
    whole = Trial("void_request", bundles(), {})
    try:
        with pytest.raises(Unavailable):
            kept.answer(whole, Question({}, "nothing"), seconds=0.01)
        # Two who ask at once wait for each other; the program that took too long is replaced.
        with ThreadPoolExecutor() as both:
            found = both.map(lambda name: kept.answer(whole, Question({}, name)), ("one", "two"))
            assert list(found) == [{"faulty": None}] * 2
        other = Trial("void_request", bundles(["void_request"]), {})
        assert "refused" in kept.answer(other, Question({}, "nothing"))
        assert len(kept._kept) == 1
    finally:
        kept.close()
    assert kept._kept == {}


@pytest.mark.parametrize(
    ("program", "told"),
    [
        ("raise SystemExit(1)", "意外中断"),
        ("import os; os.kill(os.getpid(), 9)", "内存"),
        (f"raise SystemExit({child.MEMORY})", "内存"),
        ("print('half', end='', flush=True)", "意外中断"),
        ("import time; time.sleep(60)", "用时过长"),
    ],
)
def test_why_a_program_gave_no_answer_is_told(
    monkeypatch: pytest.MonkeyPatch, program: str, told: str
) -> None:
    begun = subprocess.Popen

    def other(_: list[str], **how: Any) -> Any:
        return begun([sys.executable, "-c", program], **how)

    monkeypatch.setattr(subprocess, "Popen", other)
    kept = warm.Warm()
    with pytest.raises(Unavailable) as ended:
        kept.answer(Trial("void_request", [], {}), Question({}, "nothing"), seconds=3)
    assert told in ended.value.message_zh
    assert kept._kept == {}


def test_a_program_given_back_has_its_timer_before_another_may_take_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = warm.Warm()
    trial = Trial("void_request", bundles(["void_request"]), {})
    program = kept._taken("a", trial)
    timers = []

    class Turn:
        def release(self) -> None:
            timers.append(program.idle)

        def acquire(self, **_: object) -> bool:
            return True

    program.turn.release()
    monkeypatch.setattr(program, "turn", Turn())
    try:
        kept._given_back("a", program, whole=True)
        assert timers == [program.idle]
        assert timers[0] is not None
    finally:
        kept.close()


def test_a_program_says_that_its_memory_did_not_suffice() -> None:
    with pytest.raises(SystemExit) as ended, child.within_memory():
        raise MemoryError
    assert ended.value.code == child.MEMORY


class Recording:
    """A scenario that is being recorded through the page's own address."""

    def __init__(self, editor: Editor) -> None:
        self.editor = editor
        self.rows: list[dict[str, Any]] = [dict(START)]

    def body(self) -> dict[str, Any]:
        return {
            "name": "recorded",
            "title_zh": "记录",
            "title_en": "Recorded",
            "clock": "2026-03-02T09:00",
            "before": "",
            "rows": self.rows,
        }

    def ask(self, **fill: Any) -> dict[str, Any]:
        body = {**self.body(), "fill": fill or None}
        answer = self.editor.send("POST", "scenarios/play", body)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json
        return found
