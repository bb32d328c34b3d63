"""Values compared in conditions: a flag that only forms and tables write has known values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from engine.deployment.exclusion import atom
from engine.deployment.expressions import Site, diagram_sites, form_sites
from engine.deployment.findings import Fault, Finding
from engine.deployment.known_values import assigned, options_of, results_of
from engine.deployment.subject import Subject
from engine.expressions import ast
from engine.expressions.errors import FeelError
from engine.expressions.parsing import parse
from engine.verification.names import Known

Values = frozenset[str] | None
"""What a flag may hold besides null; None where that is not known."""

NEVER: Final = Fault(
    "expression.value",
    "Expected a value that {name} may have, but {value!r} is none of {known}",
    "{name} 不会取值 {value}，可取：{known}",
    "Correct the value, or add it to the options of the form",
    "请更正取值，或在表单选项中补充",
)


def check_values(subject: Subject) -> Iterator[Finding]:
    """Comparisons with a value that no form offers and no table answers."""
    flags = known_values(subject)
    for site in diagram_sites(subject):
        yield from _compared(site, flags)
    for name, form in subject.bundle.read.forms.items():
        fields = {field.key: options_of(field) for field in form.fields}
        for site, _types in form_sites(subject):
            if site.file == f"forms/{name}.json":
                yield from _compared(site, {**flags, **fields})


def site_values(subject: Subject, site: Site, fields: frozenset[str]) -> Iterator[Finding]:
    """Comparisons of one expression with a value that a flag never has; fields hide flags."""
    flags = _known(_writers(subject))
    return _compared(site, {name: flags[name] for name in flags.keys() - fields})


def _compared(site: Site, flags: Mapping[str, Values]) -> Iterator[Finding]:
    try:
        tree = parse(site.text)
    except FeelError:
        return  # told by the check of expressions
    for node in ast.walk(tree.root):
        found = atom(node) if isinstance(node, ast.Compare) else None
        if found is None or len(found.path) != 1 or not isinstance(found.literal, str):
            continue
        known = flags.get(found.path[0])
        if known is not None and found.literal not in known:
            yield NEVER.at(
                site.file,
                site.place,
                name=found.path[0],
                value=found.literal,
                known=", ".join(sorted(known)) or "-",
            )


def known_values(subject: Subject) -> dict[str, Values]:
    """Return what each flag of a bundle may hold besides null, None where that is not known."""
    return _known(_writers(subject))


def _known(writers: Iterable[tuple[str, Values]]) -> dict[str, Values]:
    """Join what all writers of a flag may write; unknown if one of them is."""
    joined: dict[str, Values] = {}
    for name, values in writers:
        before = joined.get(name, frozenset())
        joined[name] = None if before is None or values is None else before | values
    return joined


def _writers(subject: Subject) -> Iterator[tuple[str, Values]]:
    for form in subject.bundle.read.forms.values():
        for field in form.fields:
            if field.binding is not None and field.binding.target == "token":
                yield field.binding.name, options_of(field)
    for node in subject.diagram.nodes:
        if node.result:
            yield node.result, _texts(results_of(subject, node))
        for one in node.assignments:
            yield one.name, _texts(assigned(one.expression))
        for write in subject.environment.act_writes.get(node.properties.get("act", ""), ()):
            yield write.name, _texts(write.values)


def _texts(values: Iterable[Known]) -> Values:
    """Return the texts among some values; None where there may be anything else but null."""
    texts = [value for value in values if isinstance(value, str)]
    others = [value for value in values if not isinstance(value, str) and value is not None]
    return None if others else frozenset(texts)
