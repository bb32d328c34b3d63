"""A function that expressions may call, and the hand-written registry's way to declare one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from inspect import signature as signature_of


@dataclass(frozen=True, slots=True)
class Function:
    """A Python function under a FEEL name.

    Attributes:
        name: as expressions write it, such as `string length`.
        parameters: names of the parameters, for calls with named arguments.
        call: the Python function; gets FEEL values in this order and returns a value.
        result: the name of the result's type, `any` if it depends.
        types: the types of the parameters; an argument of another type makes the result null.
            Empty means that anything is passed on.
        required: how many parameters must be given; None means all.
        variadic: whether several arguments stand for the one list parameter, as in `min(1, 2)`.
    """

    name: str
    parameters: tuple[str, ...]
    call: Callable[..., object] = field(compare=False)
    result: str = "any"
    types: tuple[str, ...] = ()
    required: int | None = None
    variadic: bool = False

    def takes(self, count: int) -> bool:
        """Return whether it can be called with so many arguments."""
        least = len(self.parameters) if self.required is None else self.required
        spread = self.variadic or self.types[-1:] == ("...",)
        return spread or least <= count <= len(self.parameters)


def named(name: str, call: Function | Callable[..., object]) -> Function:
    """Return a function as the language wants it; a bare one keeps its parameters' names."""
    if isinstance(call, Function):
        return call
    return Function(name, tuple(signature_of(call).parameters), call)


def declare(signature: str, call: Callable[..., object], *, variadic: bool = False) -> Function:
    """Make a function from a signature such as `round(n: number, scale?: number) -> number`.

    A type ending in `?` takes null as well; a name ending in `?` may be left out.
    """
    name, parameters, result, types, required = _shape(signature)
    return Function(name, parameters, call, result, types, required, variadic)


@lru_cache(maxsize=512)
def _shape(signature: str) -> tuple[str, tuple[str, ...], str, tuple[str, ...], int]:
    """Read a signature once: the same functions are declared anew for every command."""
    head, _, result = signature.partition("->")
    name, _, inner = head.strip().removesuffix(")").partition("(")
    pairs = [tuple(map(str.strip, part.split(":"))) for part in inner.split(",") if part.strip()]
    names = [pair[0] for pair in pairs]
    parameters = tuple(word.removesuffix("?") for word in names)
    types = tuple(pair[1] for pair in pairs)
    return name, parameters, result.strip(), types, sum(not word.endswith("?") for word in names)
