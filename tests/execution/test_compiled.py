from __future__ import annotations

import hashlib
import threading

import pytest

from engine import errors
from engine.execution.compiled import CompiledCache, CompiledProcess, compile_process
from engine.execution.instance import ProcessInstance
from tests.execution import diagrams
from tests.execution.drawing import both, diagram, end, many, start, sub, timer, user
from tests.execution.hosts import FakeHost


def test_a_compiled_process_says_what_the_diagram_says() -> None:
    source = diagrams.sign_off()
    compiled = compile_process(source, "sign_off")
    park, slow, signing = (compiled.elements[name] for name in ("park", "slow", "signing"))
    assert (park.kind, park.scope, park.event) == ("userTask", "signing", None)
    assert (slow.kind, slow.event, slow.attached_to) == ("boundaryEvent", "timer", "signing")
    assert (signing.kind, signing.scope) == ("subProcess", "sign_off")
    assert compiled.flows["park", "park_says"] == "park-park_says"
    assert compiled.digest == hashlib.sha256(source).hexdigest()
    assert 0 < compiled.predicted_tasks < 20


def test_lanes_are_inherited_by_what_stands_inside() -> None:
    box = sub("box", [start("s"), user("w"), end("e")], "s > w > e")
    source = diagram(
        "p", [start(), box, user("u"), end()], "start > box > u > end", lanes="园区: box; 企业: u"
    )
    compiled = compile_process(source, "p")
    assert compiled.elements["w"].lane == "园区"
    assert compiled.elements["u"].lane == "企业"
    assert compiled.elements["start"].lane is None


@pytest.mark.parametrize(
    "source",
    [
        b"<a/>",
        b"<!DOCTYPE a><a/>",
        diagram("other", [start(), end()], "start > end"),
        diagram("p", [user("u"), end()], "u > end"),
        diagram("p", [start(), user("u"), end(), end("e2")], "start > u > end; u > e2"),
        diagram("p", [start(), timer("t", date='due("x")'), end()], "start > t > nowhere"),
        diagram("p", [start(), sub("s", [start("i")], ""), end()], "start > s > end"),
    ],
)
def test_what_cannot_be_run_is_refused(source: bytes) -> None:
    with pytest.raises(errors.Invalid):
        compile_process(source, "p")


def test_a_diagram_that_would_predict_without_end_is_refused_in_time() -> None:
    nodes, flows = [start()], "start"
    for number in range(20):
        fork, join = f"f{number}", f"j{number}"
        nodes += [both(fork), user(f"a{number}"), user(f"b{number}"), both(join)]
        flows += f" > {fork} > a{number} > {join}"
    flows += " > end" + "".join(f"; f{n} > b{n} > j{n}" for n in range(20))
    with pytest.raises(errors.Invalid, match="predicted"):
        compile_process(diagram("p", [*nodes, end()], flows), "p")


def test_a_chain_too_long_for_the_parser_is_refused() -> None:
    names = [f"u{number}" for number in range(600)]
    source = diagram("p", [start(), *map(user, names), end()], " > ".join(["start", *names, "end"]))
    with pytest.raises(errors.Invalid):
        compile_process(source, "p")


def test_one_compiled_process_serves_many_threads() -> None:
    ask = many(user("ask"), "items", "item", sequential=True)
    source = diagram("p", [start(), ask, user("u"), end()], "start > ask > u > end")
    compiled = compile_process(source, "p")
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(20):
                items = [number, turn, "x"]
                instance = ProcessInstance.start(compiled, FakeHost(), {"items": items})
                instance.settle()
                for item in items:
                    (task,) = instance.waits().tasks
                    assert task.token["item"] == item
                    instance.complete(task.task_id, {"seen": item})
                    instance.settle()
                    instance = ProcessInstance.load(compiled, FakeHost(), instance.dump())
                assert instance.waits().tasks[0].element == "u"
        except BaseException as error:  # noqa: BLE001 handed to the main thread
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_the_cache_keeps_the_versions_last_used() -> None:
    made: list[str] = []

    def get(cache: CompiledCache, version: int) -> CompiledProcess:
        def make() -> CompiledProcess:
            made.append(str(version))
            return compile_process(diagram("p", [start(), end()], "start > end"), "p")

        return cache.get("p", version, make)

    cache = CompiledCache(size=2)
    first = get(cache, 1)
    get(cache, 2)
    assert get(cache, 1) is first
    get(cache, 3)
    assert get(cache, 1) is first
    get(cache, 2)
    assert made == ["1", "2", "3", "2"]
    assert len(cache) == 2


def test_a_diagram_is_refused_above_the_limit_of_what_it_predicts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The limit at deployment is lower than what an instance may make at once."""
    source = diagram("p", [start(), *map(user, "abcdefgh"), end()],
                     "start > " + " > ".join("abcdefgh") + " > end")  # fmt: skip
    predicted = compile_process(source, "p").predicted_tasks
    monkeypatch.setattr("engine.execution.compiled.PREDICTION_LIMIT", predicted)
    assert compile_process(source, "p").predicted_tasks == predicted
    monkeypatch.setattr("engine.execution.compiled.PREDICTION_LIMIT", predicted - 1)
    with pytest.raises(errors.Invalid, match="predicted"):
        compile_process(source, "p")
