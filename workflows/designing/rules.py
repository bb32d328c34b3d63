"""The rules that a draft rests on: the set it names, and every value its files ask for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from engine.errors import Conflict, Invalid
from workflows.administration import rule_sets
from workflows.administration.rule_sets import Version
from workflows.designing import paths
from workflows.designing.tables import DraftRow
from workflows.domain import rule_store, rule_uses

_ASKED: Final = re.compile(rb'rule\(\s*(?:"|&quot;|\\")([^"&\\]+)')


def keys(files: Mapping[str, bytes]) -> list[str]:
    """Return the rule values that files ask for by `rule("…")`."""
    deployed = [content for path, content in files.items() if paths.is_deployed(path)]
    found = {key for content in deployed for key in _ASKED.findall(content)}
    return sorted(key.decode("utf-8", "replace") for key in found)


def choices(session: Session, today: date) -> list[Version]:
    """Return the rule sets that a draft may name: the one in force and those that wait."""
    return [one for one in rule_sets.versions(session, today) if one.current or one.pending]


def choose(session: Session, row: DraftRow, named: str, today: date) -> None:
    """Let a draft name a rule set as `id:version`, or none by an empty text.

    Raises:
        Invalid: no such rule set is in force or waits.
    """
    if not named:
        row.rule_set = row.rule_version = None
        return
    known = {f"{one.id}:{one.version}": one for one in choices(session, today)}
    if named not in known:
        raise Invalid.at(
            "rules",
            "Expected a rule set that is in force or waits for its day, but it is none",
            "请选择现行的或将要生效的规则集",
        )
    row.rule_set, row.rule_version = known[named].id, known[named].version


def check(session: Session, row: DraftRow, files: Mapping[str, bytes], day: date) -> None:
    """Raise Conflict unless the rules that a draft rests on are in force on a day."""
    if row.rule_set:
        in_force = rule_store.in_force(rule_store.adoptions(session), day)
        if in_force != (row.rule_set, row.rule_version):
            raise _not_in_force(row, in_force, day)
    check_values(session, files, day)


def check_values(session: Session, files: Mapping[str, bytes], day: date) -> None:
    """Raise Conflict unless the rules of a day hold every value that files ask for."""
    asked = keys(files)
    if not asked:
        return
    in_force = rule_store.in_force(rule_store.adoptions(session), day)
    rules = rule_store.rules_of(session, *in_force)
    unknown = [key for key in asked if key not in rule_uses.holding(rules, key).values]
    if unknown:
        named = ", ".join(unknown[:10])
        raise Conflict(
            f"Expected rule values that {in_force[0]} version {in_force[1]} holds, "
            f"but there is none of: {named}",
            f"{day} 适用的规则集 {in_force[0]} 第 {in_force[1]} 版没有以下条目：{named}",
        )


def _not_in_force(row: DraftRow, in_force: tuple[str, int], day: date) -> Conflict:
    return Conflict(
        f"Expected rule set {row.rule_set} version {row.rule_version} in force on {day}, "
        f"but {in_force[0]} version {in_force[1]} is",
        f"草稿适用规则集 {row.rule_set} 第 {row.rule_version} 版，"
        f"但 {day} 生效的是 {in_force[0]} 第 {in_force[1]} 版",
    )
