"""Families of diagrams that grow with one number, for counting states and measuring."""

from __future__ import annotations

from tests.verification.drawing import flows, node, nodes, on, pools, process


def parallel(count: int) -> str:
    """So many single-task branches between two parallel gateways."""
    return _branches("and", "and", count)


def inclusive(count: int) -> str:
    """The same between inclusive gateways."""
    return _branches("or", "or", count)


def unmatched(count: int) -> str:
    """A parallel gateway whose branches meet at an exclusive one: unsafe."""
    return _branches("and", "xor", count)


def starved(count: int) -> str:
    """A choice whose branches meet at a parallel gateway: never completes."""
    return _branches("xor", "and", count)


def _branches(split: str, join: str, count: int) -> str:
    tasks = " ".join(f"t{number}" for number in range(count))
    return nodes("start s", "end e", f"{split} f", f"{join} j", f"task {tasks}") + flows(
        "s f", "j e", *(f"f {task} j" for task in tasks.split())
    )


def choices(count: int) -> str:
    """So many choices of two tasks, one after the other, each followed by a task."""
    drawn, drawn_flows, last = [nodes("start s", "end e")], [], "s"
    for n in range(count):
        drawn.append(nodes(f"xor x{n} y{n}", f"task a{n} b{n} c{n}"))
        drawn_flows += [f"{last} x{n} a{n} y{n} c{n}", f"x{n} b{n} y{n}"]
        last = f"c{n}"
    return "".join(drawn) + flows(*drawn_flows, f"{last} e")


def nested_loops(depth: int) -> str:
    """Loops in loops around one task."""
    into = [f"i{n}" for n in range(depth)]
    out = [f"o{n}" for n in range(depth)]
    back = [f"o{n} i{n}" for n in range(depth)]
    gateways = nodes("xor " + " ".join([*into, *out]))
    line = " ".join(["s", *into, "t", *reversed(out), "e"])
    return nodes("start s", "end e", "task t") + gateways + flows(line, *back)


def looped_parallel(count: int) -> str:
    """Parallel branches that may be gone through again and again."""
    tasks = [f"t{number}" for number in range(count)]
    drawn = nodes("start s", "end e", "and f j", "xor i o", "task " + " ".join(tasks))
    return drawn + flows("s i f", "j o e", "o i", *(f"f {task} j" for task in tasks))


def guarded(count: int) -> str:
    """Parallel branches in a sub-process that a date cuts off."""
    tasks = [f"t{number}" for number in range(count)]
    inner = nodes("start i", "end o", "and f j", "task " + " ".join(tasks))
    inner += flows("i f", "j o", *(f"f {task} j" for task in tasks))
    drawn = nodes("start s", "end e", "task late", "xor x") + node("sub", "box", inner)
    return drawn + on("box", "timer", "due") + flows("s box x e", "due late x")


def conversation(count: int) -> list[str]:
    """Two pools that ask and answer so many times."""
    ask = " ".join(f"a{n} r{n}" for n in range(count))
    answer = " ".join(f"g{n} h{n}" for n in range(count))
    messages = [f"a{n} g{n}" for n in range(count)] + [f"h{n} r{n}" for n in range(count)]
    kinds = [f"send a{n} h{n}" for n in range(count)] + [f"receive r{n} g{n}" for n in range(count)]
    asking = [kind.split()[0] + " " + kind.split()[1] for kind in kinds]
    answering = [kind.split()[0] + " " + kind.split()[2] for kind in kinds]
    return [
        pools(*messages, one="p", two="q"),
        process(nodes("start s", "end e", *asking), flows(f"s {ask} e")),
        process(nodes("start t", "end z", *answering), flows(f"t {answer} z"), name="q"),
    ]


def pools_beside(count: int) -> list[str]:
    """One pool that begins so many others by a message and waits for each of them."""
    tell = " ".join(f"b{n}" for n in range(count))
    hear = " ".join(f"d{n}" for n in range(count))
    names = [f"q{n}" for n in range(count)]
    others = [
        process(
            nodes(f"start:message s{n}", f"end:message e{n}", f"task w{n}"),
            flows(f"s{n} w{n} e{n}"),
            name=name,
        )
        for n, name in enumerate(names)
    ]
    messages = [f"b{n} s{n}" for n in range(count)] + [f"e{n} d{n}" for n in range(count)]
    first = process(
        nodes("start s", "end e", f"send {tell}", f"receive {hear}"), flows(f"s {tell} {hear} e")
    )
    together = pools(*messages, main="p", **{f"pool_{name}": name for name in names})
    return [together, first, *others]
