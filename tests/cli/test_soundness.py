"""`bihuan check --soundness-only` from outside: the JSON of the interface, and the exit code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from engine.verification.reading import SIZE_LIMIT
from tests.verification.drawing import document, flows, nodes, pools, process
from workflows.cli.root import main
from workflows.deploying import PROCESSES, processes

GOOD = document(process(nodes("start s", "end e", "task a"), flows("s a e")))
STUCK = document(
    process(nodes("start s", "end e", "xor x", "and j", "task a b"), flows("s x a j e", "x b j"))
)
KEYS = {
    *("file", "subject", "safe", "option_to_complete", "proper_completion", "no_dead_activity"),
    *("no_leftover_message", "dead_activities", "counterexamples", "states", "decided"),
    "elapsed_ms",
}


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", "--soundness-only", *arguments])


def run(*arguments: str, expect: int) -> dict[str, Any]:
    result = invoke(*arguments, "--json")
    assert result.exit_code == expect, result.output
    found = json.loads(result.stdout)
    assert isinstance(found, dict)
    return found


def written(folder: Path, name: str, data: bytes) -> str:
    path = folder / f"{name}.bpmn"
    path.write_bytes(data)
    return str(path)


def test_a_sound_file_succeeds(tmp_path: Path) -> None:
    path = written(tmp_path, "good", GOOD)
    (result,) = run(path, expect=0)["results"]
    assert result.keys() >= KEYS
    assert (result["file"], result["subject"], result["decided"]) == (path, "p", True)
    assert result["safe"] is True
    assert result["counterexamples"] == {}


def test_a_violation_fails_and_can_be_played(tmp_path: Path) -> None:
    (result,) = run(written(tmp_path, "stuck", STUCK), expect=1)["results"]
    assert result["option_to_complete"] is False
    assert result["counterexamples"] == {"option_to_complete": ["s", "x", "a"]}
    steps = result["traces"]["option_to_complete"]
    assert [step["elements"] for step in steps] == [["s"], ["x"], ["a"], ["a"]]
    assert [step["tokens"] for step in steps] == [["s.x"], ["x.a"], ["a"], ["a.j"]]
    assert steps[1]["flows"] == ["x.a"]


def test_a_dead_activity_is_named(tmp_path: Path) -> None:
    data = document(process(nodes("start s", "end e", "task a lost"), flows("s a e", "lost e")))
    (result,) = run(written(tmp_path, "dead", data), expect=1)["results"]
    assert result["dead_activities"] == ["lost"]
    assert result["counterexamples"] == {"no_dead_activity": ["lost"]}


def test_past_the_budget_nothing_is_claimed(tmp_path: Path) -> None:
    path = written(tmp_path, "good", GOOD)
    (result,) = run(path, "--budget", "1", expect=1)["results"]
    assert (result["safe"], result["decided"]) == (None, False)
    assert "未能判定" in invoke(path, "--budget", "1").stdout


def test_a_collaboration_is_one_result(tmp_path: Path) -> None:
    data = document(pools(one="p"), process(nodes("start s", "end e", "task a"), flows("s a e")))
    (result,) = run(written(tmp_path, "pool", data), expect=0)["results"]
    assert result["subject"] == "together"


def test_what_has_no_semantics_is_named(tmp_path: Path) -> None:
    data = document(process(nodes("start s", "end e", "complex g"), flows("s g e")))
    (result,) = run(written(tmp_path, "complex", data), expect=1)["results"]
    assert result["unsupported"][0]["element"] == "g"
    assert "safe" not in result


def test_a_broken_file_hides_no_other_one(tmp_path: Path) -> None:
    paths = [written(tmp_path, "bad", b"<a"), written(tmp_path, "good", GOOD), "nowhere.bpmn"]
    found = run(*paths, expect=1)
    assert [one["subject"] for one in found["results"]] == ["p"]
    assert [one["kind"] for one in found["errors"]] == ["Invalid", "NotFound"]
    assert found["errors"][0]["line"] == 1
    told = invoke(*paths)
    assert told.exit_code == 1
    assert "格式不正确" in told.stderr
    assert "Traceback" not in told.output


def test_a_file_that_is_too_large_or_cannot_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = written(tmp_path, "large", b" " * (SIZE_LIMIT + 1))
    (refused,) = run(large, expect=1)["errors"]
    assert str(SIZE_LIMIT) in refused["error"]

    def denied(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    path = written(tmp_path, "good", GOOD)
    monkeypatch.setattr(Path, "read_bytes", denied)
    (refused,) = run(path, expect=1)["errors"]
    assert refused["kind"] == "Unavailable"
    assert "Permission denied" in refused["error"]


@pytest.mark.parametrize(("language", "word"), [("zh", "违反"), ("en", "VIOLATED")])
def test_people_read_it_in_their_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, word: str
) -> None:
    monkeypatch.setenv("BIHUAN_LANGUAGE", language)
    told = invoke(written(tmp_path, "stuck", STUCK))
    assert word in told.stdout
    assert "s > x > a" in told.stdout


def test_the_shipped_processes_are_sound() -> None:
    results = run(expect=0)["results"]
    assert [Path(one["file"]).stem for one in results] == list(processes())
    assert all(Path(one["file"]).is_relative_to(PROCESSES) for one in results)
