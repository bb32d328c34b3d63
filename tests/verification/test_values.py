"""Names with values: what forms and tables write decides which ways are open."""

from __future__ import annotations

import pytest

from engine.verification.evaluating import truth
from engine.verification.names import UNKNOWN, Known, Names, Write
from engine.verification.reading import read_model
from engine.verification.soundness import Result, verify
from engine.verification.subjects import net_of, subjects
from tests.verification.drawing import document, flows, node, nodes, on, process, violated
from tests.verification.labels import done


def when(flow: str, condition: str) -> str:
    """Draw a sequence flow `a b` with a condition."""
    source, target = flow.split()
    written = condition.replace("<", "&lt;")
    return (
        f'<b:sequenceFlow id="{source}.{target}" sourceRef="{source}" targetRef="{target}">'
        f"<b:conditionExpression>{written}</b:conditionExpression></b:sequenceFlow>"
    )


def writing(**writes: tuple[Known, ...]) -> Names:
    """Name by `task__name` what a task writes."""
    found: dict[str, tuple[Write, ...]] = {}
    for key, values in writes.items():
        task, name = key.split("__")
        found[task] = (*found.get(task, ()), Write(name, values))
    return Names(found)


def found(names: Names, *parts: str) -> Result:
    """Verify one process of these parts."""
    model = read_model(document(process(*parts)))
    return verify(model, subjects(model)[0], names=names)


CHOICE = nodes("start s", "end e", "task t a b", "xor y") + flows("s t x", "a y e", "b y")
DECIDED = CHOICE + node("xor", "x", default="x.b") + when("x a", 'd = "agree"') + flows("x b")


def test_a_way_for_a_value_that_nobody_writes_is_dead() -> None:
    assert violated(found(writing(t__d=("agree", "refuse")), DECIDED)) == set()
    result = found(writing(t__d=("refuse",)), DECIDED)
    assert violated(result) == {"no_dead_activity"}
    assert result.dead_activities == ("a",)


def test_a_default_is_not_taken_where_another_condition_surely_holds() -> None:
    assert found(writing(t__d=("agree",)), DECIDED).dead_activities == ("b",)


def test_a_value_that_is_not_known_is_a_free_choice() -> None:
    assert violated(found(writing(t__d=(UNKNOWN, "refuse")), DECIDED)) == set()
    assert violated(found(Names(), DECIDED)) == set()


def test_without_a_default_a_value_may_leave_no_way_open() -> None:
    drawn = CHOICE + nodes("xor x") + when("x a", 'd = "agree"') + when("x b", 'd = "refuse"')
    assert violated(found(writing(t__d=("agree", "refuse")), drawn)) == set()
    result = found(writing(t__d=("agree", "refuse", None)), drawn)
    assert violated(result) == {"option_to_complete"}
    assert result.paths["option_to_complete"].elements == ("s", "t", "x")


TWICE = (
    nodes("start s", "end e", "task t a b c g", "xor m n")
    + node("xor", "x", default="x.b")
    + node("xor", "y", default="y.g")
    + flows("s t x", "x b m", "a m y", "y g n", "c n e")
    + when("x a", 'd = "agree"')
)


def test_two_conditions_on_one_value_agree() -> None:
    names = writing(t__d=("agree", "refuse"))
    assert violated(found(names, TWICE, when("y c", 'd = "agree"'))) == set()
    # Who went by a cannot go on by c.
    apart = (
        nodes("start s", "end e f", "task t a b c g")
        + node("xor", "x", default="x.b")
        + node("xor", "y", default="y.g")
        + flows("s t x", "x b f", "a y g e", "c e")
        + when("x a", 'd = "agree"')
        + when("y c", 'd = "refuse"')
    )
    assert found(names, apart).dead_activities == ("c",)
    assert found(Names(), apart).dead_activities == ()


def test_a_value_written_again_counts() -> None:
    again = nodes("start s", "end e", "task t u a b", "xor y")
    again += node("xor", "x", default="x.b") + flows("s t u x", "x b y e", "a y")
    again += when("x a", 'd = "agree"')
    assert found(writing(t__d=("agree",), u__d=("refuse",)), again).dead_activities == ("a",)
    kept = Names(
        {"t": (Write("d", ("agree",)),), "u": (Write("d", ("refuse",), keeps=True),)},
    )
    assert violated(found(kept, again)) == set()


def test_branches_have_copies_of_their_own() -> None:
    drawn = nodes("start s", "end e", "and f j", "task t u a b c g", "xor m n")
    drawn += node("xor", "x", default="x.b") + node("xor", "y", default="y.g")
    drawn += flows("s f t x b m j e", "f u y g n j", "a m", "c n")
    drawn += when("x a", 'd = "agree"') + when("y c", 'd = "agree"')
    result = found(writing(t__d=("agree",), u__d=("refuse",)), drawn)
    assert result.dead_activities == ("b", "c")


def test_what_two_branches_wrote_is_not_followed_behind_their_join() -> None:
    drawn = nodes("start s", "end e", "and f j", "task t u a b c", "xor y")
    drawn += node("xor", "x", default="x.b") + node("xor", "z", default="z.y")
    drawn += flows("s f t j", "f u j x", "x b y e", "a z y", "c y")
    drawn += when("x a", 'd = "agree"') + when("z c", 'd = "refuse"')
    result = found(writing(t__d=("agree",), u__d=("refuse",)), drawn)
    assert violated(result) == set()
    assert {(one.kind, one.element) for one in result.assumptions} == {
        ("free_name", "x"),
        ("free_name", "z"),
    }


def test_a_box_that_is_left_early_leaves_its_values_inside() -> None:
    inner = nodes("start i", "end o", "task w v") + flows("i w v o")
    drawn = nodes("start s", "end e", "task t a b", "xor m y") + node("sub", "box", inner)
    drawn += on("box", "timer", "late") + node("xor", "x", default="x.b")
    drawn += flows("s t box m x", "late m", "x b y e", "a y") + when("x a", 'd = "agree"')
    # Left early, it is still what t wrote, though w has been done.
    assert violated(found(writing(t__d=("agree",), w__d=("refuse",)), drawn)) == set()


def test_a_box_hands_its_values_in_and_out() -> None:
    inner = nodes("start i", "end o", "task w") + flows("i w o")
    drawn = CHOICE.replace("t.x", "t.box").replace('targetRef="x"', 'targetRef="box"', 1)
    drawn += node("sub", "box", inner) + node("xor", "x", default="x.b")
    drawn += flows("box x", "x b") + when("x a", 'd = "agree"')
    assert found(writing(w__d=("refuse",)), drawn).dead_activities == ("a",)
    assert found(writing(t__d=("agree",)), drawn).dead_activities == ("b",)


@pytest.mark.parametrize(
    "mark", ["standardLoopCharacteristics", "multiInstanceLoopCharacteristics"]
)
def test_a_repeated_box_hands_nothing_out_that_is_known(mark: str) -> None:
    inner = f"<b:{mark}/>" + nodes("start i", "end o", "task w") + flows("i w o")
    drawn = nodes("start s", "end e", "task a b", "xor y") + node("sub", "box", inner)
    drawn += node("xor", "x", default="x.b") + flows("s box x", "x b y e", "a y")
    drawn += when("x a", 'd = "agree"')
    assert violated(found(writing(w__d=("refuse",)), drawn)) == set()


def test_a_name_that_may_be_read_before_it_is_written_is_free_there() -> None:
    drawn = nodes("start s", "end e", "task t a b", "xor m y")
    drawn += node("xor", "x", default="x.b") + flows("s m x", "x b y e", "a t m")
    drawn += when("x a", 'd = "agree"')
    assert violated(found(writing(t__d=("refuse",)), drawn)) == set()


def test_an_inclusive_gateway_takes_all_that_surely_hold() -> None:
    drawn = nodes("start s", "end e", "task t a b c", "or j")
    drawn += node("or", "x", default="x.c") + flows("s t x", "x c j e", "a j", "b j")
    drawn += when("x a", 'd != "none"') + when("x b", "p = true")
    both = found(writing(t__d=("some",), t__p=(True,)), drawn)
    assert both.dead_activities == ("c",)
    assert violated(found(writing(t__d=("some", "none"), t__p=(True, False)), drawn)) == set()


def test_values_are_told_on_the_way() -> None:
    drawn = CHOICE + nodes("xor x") + when("x a", 'd = "agree"') + when("x b", 'd = "refuse"')
    result = found(writing(t__d=("agree", "other")), drawn)
    path = result.paths["option_to_complete"]
    assert [step.values for step in path.steps if step.values] == [(("d", "other"),)]


def test_steps_say_which_act_was_done_how() -> None:
    names = Names(
        {"t": (Write("d", ("agree", "refuse")),)},
        acts={"t": "sign"},
        outcomes={"t": "d"},
        watched=frozenset({"t"}),
    )
    model = read_model(document(process(DECIDED)))
    net = net_of(model, subjects(model)[0], 1, names)
    labels = {one.label for turn in net.transitions for one in done(turn, names)}
    assert {"sign[agree]", "sign[refuse]", "a", "x"} <= labels
    assert "sign" not in labels


def test_a_watched_outcome_is_followed_to_its_condition() -> None:
    names = Names({"t": (Write("d", ("agree", "refuse")),)}, watched=frozenset({"t"}))
    assert found(names, DECIDED).states == found(Names(), DECIDED).states + 1
    assert violated(found(names, DECIDED)) == set()


@pytest.mark.parametrize(
    ("condition", "known", "expected"),
    [
        ('x = "a"', {"x": "a"}, True),
        ('x = "a"', {"x": None}, False),
        ('x = "a"', {"x": UNKNOWN}, None),
        ('x != "a"', {"x": "b"}, True),
        ('x = "a" and case.level = "major"', {"x": "b"}, False),
        ('x = "a" and case.level = "major"', {"x": "a"}, None),
        ('x = "a" or case.level = "major"', {"x": "a"}, True),
        ("not(x)", {"x": True}, False),
        ("not(y)", {"x": True}, None),
        ("x", {"x": "a"}, False),
        ('x in ("a", "b")', {"x": "b"}, True),
        ('if y then x = "a" else x = "a"', {"x": "a"}, True),
        ('if x = "a" then y else false', {"x": "b"}, False),
        ("today() > x", {"x": None}, None),
        ("x < ", {"x": "a"}, None),
        ("due(x)", {"x": "a"}, None),
    ],
)
def test_what_is_known_of_a_condition(
    condition: str, known: dict[str, Known], *, expected: bool | None
) -> None:
    assert truth(condition, known) is expected
