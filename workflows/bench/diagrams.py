"""Draws diagrams that grow with one number, for measuring the verifier."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Final

_NAMESPACE: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"


def parallel(count: int) -> bytes:
    """So many single-task branches between two parallel gateways."""
    return _document(_process("p", *_branches("parallelGateway", count)))


def inclusive(count: int) -> bytes:
    """The same between inclusive gateways, each branch with a condition."""
    return _document(_process("p", *_branches("inclusiveGateway", count)))


def choices(count: int) -> bytes:
    """So many exclusive choices of two tasks, one after the other: five elements each."""
    nodes, chains, last = _ends(), [], "s"
    for n in range(count):
        nodes += [("exclusiveGateway", f"x{n}"), ("exclusiveGateway", f"y{n}")]
        nodes += [("task", f"{letter}{n}") for letter in "abc"]
        chains += [[last, f"x{n}", f"a{n}", f"y{n}", f"c{n}"], [f"x{n}", f"b{n}", f"y{n}"]]
        last = f"c{n}"
    return _document(_process("p", nodes, [*chains, [last, "e"]]))


def nested_loops(depth: int) -> bytes:
    """Loops in loops around one task."""
    into, out = [f"i{n}" for n in range(depth)], [f"o{n}" for n in range(depth)]
    nodes = [*_ends(), ("task", "t"), *(("exclusiveGateway", name) for name in (*into, *out))]
    back = [[f"o{n}", f"i{n}"] for n in range(depth)]
    return _document(_process("p", nodes, [["s", *into, "t", *reversed(out), "e"], *back]))


def conversation(count: int) -> bytes:
    """Two pools that ask and answer so many times."""
    asking = [
        (kind, f"{kind[0]}a{n}") for n in range(count) for kind in ("sendTask", "receiveTask")
    ]
    hearing = [
        (kind, f"{kind[0]}b{n}") for n in range(count) for kind in ("receiveTask", "sendTask")
    ]
    messages = [(f"sa{n}", f"rb{n}") for n in range(count)]
    messages += [(f"sb{n}", f"ra{n}") for n in range(count)]
    return _document(
        _pools(["p", "q"], messages),
        _process("p", [*_ends(), *asking], [["s", *(name for _, name in asking), "e"]]),
        _process("q", [*_ends("q"), *hearing], [["sq", *(name for _, name in hearing), "eq"]]),
    )


FAMILIES: Final[Sequence[tuple[str, Callable[[int], bytes], Sequence[int]]]] = (
    ("parallel branches", parallel, (5, 10, 17, 20)),
    ("inclusive branches", inclusive, (4, 6, 8, 10)),
    ("exclusive choices", choices, (50, 100, 200)),
    ("nested loops", nested_loops, (5, 10, 20)),
    ("questions between pools", conversation, (5, 20, 50)),
)
"""What is measured: a family in words, how it is drawn, and its sizes."""

_Nodes = list[tuple[str, str]]


def _ends(mark: str = "") -> _Nodes:
    return [("startEvent", f"s{mark}"), ("endEvent", f"e{mark}")]


def _branches(gateway: str, count: int) -> tuple[_Nodes, list[list[str]]]:
    tasks = [f"t{number}" for number in range(count)]
    nodes = [*_ends(), (gateway, "f"), (gateway, "j"), *(("task", name) for name in tasks)]
    return nodes, [["s", "f"], ["j", "e"], *(["f", task, "j"] for task in tasks)]


def _process(name: str, nodes: _Nodes, chains: Iterable[Sequence[str]]) -> str:
    drawn = "".join(f'<b:{kind} id="{node}"/>' for kind, node in nodes)
    pairs = [pair for chain in chains for pair in pairwise(chain)]
    flows = "".join(
        f'<b:sequenceFlow id="{one}-{other}" sourceRef="{one}" targetRef="{other}"/>'
        for one, other in pairs
    )
    return f'<b:process id="{name}">{drawn}{flows}</b:process>'


def _pools(processes: Sequence[str], messages: Iterable[tuple[str, str]]) -> str:
    drawn = "".join(f'<b:participant id="pool_{one}" processRef="{one}"/>' for one in processes)
    drawn += "".join(
        f'<b:messageFlow id="m_{one}_{other}" sourceRef="{one}" targetRef="{other}"/>'
        for one, other in messages
    )
    return f'<b:collaboration id="together">{drawn}</b:collaboration>'


def _document(*parts: str) -> bytes:
    body = "".join(parts)
    return f'<b:definitions xmlns:b="{_NAMESPACE}" id="d">{body}</b:definitions>'.encode()
