"""Declarations are read whole, and everything that is wrong with them is told with its place."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from engine.errors import Invalid
from engine.verification.statutes.declarations import PATTERNS
from engine.verification.statutes.reading import read_statutes
from workflows.statutes import shipped

GOOD: dict[str, Any] = {
    "id": "T",
    "facts": {
        "kept": {
            "name": "case.status",
            "set": [{"by": "operation open", "to": "new"}],
            "zh": "保持",
            "en": "kept",
        }
    },
    "never": {"deaf": {"event": "operation sell", "zh": "从不", "en": "never"}},
    "statutes": {
        "it": {
            "article": "一",
            "article_en": "1",
            "zh": "一句",
            "en": "a sentence",
            "parts": [
                {
                    "process": ["p", "q"],
                    "pattern": "absence",
                    "event": "act a",
                    "relies_on": ["kept", "deaf"],
                    "zh": "一句",
                    "en": "a sentence",
                }
            ],
        }
    },
    "feasible": {
        "way": {
            "process": "p",
            "from": "act a",
            "to": "act b",
            "period": ["limit.days"],
            "article": "一",
            "article_en": "1",
            "zh": "一句",
            "en": "a sentence",
        }
    },
}


def _changed(path: str, value: object) -> dict[str, Any]:
    found = deepcopy(GOOD)
    *way, last = path.split(".")
    at: Any = found
    for word in way:
        at = at[int(word)] if word.isdigit() else at[word]
    if value is None:
        del at[last]
    else:
        at[int(last) if last.isdigit() else last] = value
    return found


def test_a_part_is_one_for_each_process_that_it_names() -> None:
    statutes = read_statutes(GOOD)
    assert [part.process for part in statutes.statutes[0].parts] == ["p", "q"]
    assert statutes.statutes[0].processes() == ("p", "q")
    assert [way.id for way in statutes.feasible] == ["way"]


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        ("facts.kept.name", None, "facts.kept"),
        ("facts.kept.set.0.by", "open", "facts.kept"),
        ("facts.kept.set.0.to", None, "facts.kept"),
        ("never.deaf.event", None, "never.deaf"),
        ("statutes.it.article", None, "statutes.it"),
        ("statutes.it.parts.0.pattern", "always", "statutes.it.1"),
        ("statutes.it.parts.0.event", "deed a", "statutes.it.1"),
        ("statutes.it.parts.0.needs", ["act b"], "statutes.it.1"),
        ("statutes.it.parts.0.event", None, "statutes.it.1"),
        ("statutes.it.parts.0.relies_on", ["unknown"], "statutes.it"),
        ("statutes.it.parts.0", "a sentence", "statutes.it.1"),
        ("statutes.it", ["a"], "statutes.it"),
        ("feasible.way.period", None, "feasible.way"),
        ("feasible.way.after", "unknown", "feasible.way"),
        ("feasible.way.relies_on", ["unknown"], "feasible.way"),
        ("feasible.way.untill", "act c", "feasible.way"),
        ("never.deaf.afer", "act c", "never.deaf"),
        ("facts.kept.sets", [], "facts.kept"),
        ("facts.kept.set.0.until", "act c", "facts.kept"),
        ("facts.kept.set.0.by", ["operation open", "operation shut"], "facts.kept"),
        ("statutes.it.part", [], "statutes.it"),
        ("statutes.it.parts.0.feild", "x", "statutes.it.1"),
        ("nevver", {}, ""),
        ("statutes.it.parts.0.assume", ["x"], "statutes.it.1"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(path: str, value: object, where: str) -> None:
    with pytest.raises(Invalid) as told:
        read_statutes(_changed(path, value))
    assert where in {error.field for error in told.value.errors}
    assert all(error.message and error.message_zh for error in told.value.errors)


@pytest.mark.parametrize("raw", [None, "text", [], 3])
def test_what_is_no_mapping_is_refused(raw: object) -> None:
    with pytest.raises(Invalid):
        read_statutes(raw)


def test_apart_is_by_bodies_or_by_persons() -> None:
    part = {
        "process": "p",
        "pattern": "separation",
        "acts": ["a", "b"],
        "apart": "rooms",
        "zh": "一句",
        "en": "a sentence",
    }
    with pytest.raises(Invalid, match="bodies or persons"):
        read_statutes(_changed("statutes.it.parts.0", part))


def test_every_pattern_is_used_by_what_is_shipped() -> None:
    used = {part.pattern for statute in shipped().statutes for part in statute.parts}
    assert used == PATTERNS.keys()


def test_every_sentence_is_in_both_languages() -> None:
    for statute in shipped().statutes:
        told = [statute.sentence_zh, statute.sentence, statute.article_zh, statute.article]
        told += [text for part in statute.parts for text in (part.sentence_zh, part.sentence)]
        assert all(told)
        assert bool(statute.enforced_zh) == bool(statute.enforced)
