"""Random diagrams without any structure: right, wrong, and everything between."""

from __future__ import annotations

from random import Random

from tests.verification.drawing import document, flows, node, nodes, on, pools, process

KINDS = {
    "task": 8,
    "xor": 4,
    "and": 6,
    "or": 3,
    "catch:timer": 1,
    "receive": 1,
    "end": 2,
    "end:terminate": 1,
    "sub": 2,
    "cut": 1,
    "aside": 1,
}
"""Kinds of nodes by how often they are drawn."""

MERGING = {"task": 8, "xor": 4, "and": 6, "or": 12, "end": 4}
"""The same, with inclusive gateways that wait for each other."""


class Graph:
    """Draws one document from a seed."""

    def __init__(self, seed: int, kinds: dict[str, int] | None = None) -> None:
        self._kinds = kinds or KINDS
        self._random = Random(seed)  # noqa: S311 a drawing, not a secret

    def alone(self) -> bytes:
        """Draw one process."""
        return document(process(self._scope("", 7, deep=True)))

    def together(self) -> bytes:
        """Draw two pools that send each other messages at random."""
        bodies = {name: self._scope(name, 4, deep=True) for name in "ab"}
        sent = [self._message(bodies) for _ in range(self._random.randint(1, 4))]
        return document(
            pools(*sorted(set(sent)), one="pa", two="pb"),
            *(process(body, name=f"p{name}") for name, body in bodies.items()),
        )

    def _message(self, bodies: dict[str, str]) -> str:
        source, target = self._random.sample("ab", 2)
        sender = self._random.choice([f"{source}e", f"{source}n0"])
        taker = self._random.choice([f"{target}s", f"{target}n0", f"{target}n1"])
        return f"{sender} {taker}" if f'"{taker}"' in bodies[target] else f"{sender} {target}s"

    def _scope(self, prefix: str, most: int, *, deep: bool) -> str:
        names = [f"{prefix}n{number}" for number in range(self._random.randint(2, most))]
        sources, targets, parts = [f"{prefix}s"], [f"{prefix}e"], []
        for name in names:
            (kind,) = self._random.choices(list(self._kinds), list(self._kinds.values()))
            parts.append(self._node("task" if kind == "sub" and not deep else kind, name))
            targets.append(name)
            sources += [name] * (not kind.startswith("end"))
            if f'"{name}b"' in parts[-1]:
                sources.append(f"{name}b")
        last = self._random.choice(["end", "end", "end:error"])
        edges = self._edges(sources, targets)
        return nodes(f"start {prefix}s", f"{last} {prefix}e") + "".join(parts) + flows(*edges)

    def _node(self, kind: str, name: str) -> str:
        if kind == "sub":
            inner = self._scope(f"{name}_", 4, deep=False)
            return node("sub", name, inner) + on(name, "error", f"{name}b")
        if kind in {"cut", "aside"}:
            return nodes(f"task {name}") + on(name, "timer", f"{name}b", cancel=kind == "cut")
        return nodes(f"{kind} {name}")

    def _edges(self, sources: list[str], targets: list[str]) -> list[str]:
        pick = self._random.choice
        edges = {(source, pick(targets)) for source in sources}
        edges |= {(pick(sources), target) for target in targets}
        edges |= {(pick(sources), pick(targets)) for _ in range(self._random.randint(0, 3))}
        return [f"{source} {target}" for source, target in sorted(edges) if source != target]
