"""The lists that editors of drafts offer: all that may be named, in words of both languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.web.visitor import Visitor
from webapp.i18n import catalogue
from webapp.presentation import labels
from webapp.studio import vocabulary_words as words
from webapp.studio.vocabulary import ROLES
from workflows.app import gate_environment

Browse = Callable[..., Visitor]


@pytest.fixture
def draft(visit: Browse) -> str:
    """The address of a draft of the extension process, begun by a designer."""
    begun = visit("designer").post("/definitions/extension_request/drafts", {"version": "1"})
    assert begun.status_code == 303
    return str(begun.location)


def vocabulary(visit: Browse, draft: str, language: str = "zh") -> dict[str, Any]:
    response = visit("designer", language).get(f"{draft}/vocabulary")
    assert response.status_code == 200
    found = response.get_json()
    assert isinstance(found, dict)
    return found


def by_id(entries: list[dict[str, Any]], name: str = "id") -> dict[str, dict[str, Any]]:
    return {entry[name]: entry for entry in entries}


@pytest.mark.parametrize(
    ("table", "known"),
    [
        (words.BODIES, gate_environment().bodies),
        (words.LADDERS, gate_environment().ladders),
        (words.DUE_NAMES, gate_environment().due_names),
        (words.FUNCTIONS, {"due", *gate_environment().functions}),
        (labels.ROLES, frozenset(ROLES)),
    ],
)
def test_everything_that_the_gate_knows_has_words(table: Any, known: Any) -> None:
    assert set(known) <= set(table)


def test_no_words_are_kept_of_what_the_gate_does_not_know() -> None:
    assert set(words.BODIES) == set(gate_environment().bodies)
    assert set(words.LADDERS) == set(gate_environment().ladders)
    assert set(words.DUE_NAMES) == set(gate_environment().due_names)


def test_every_operation_has_words_in_both_languages(visit: Browse, draft: str) -> None:
    for language in catalogue.LANGUAGES:
        told = vocabulary(visit, draft, language)["operations"]
        assert {one["id"] for one in told} == set(gate_environment().operations)
        assert [one["id"] for one in told if one["name"] == one["id"]] == []


def test_acts_are_told_with_the_answers_of_their_forms(visit: Browse, draft: str) -> None:
    acts = by_id(vocabulary(visit, draft)["acts"])
    assert acts["extension.sign.park_command"]["outcomes"] == ["agree", "refuse", "return"]
    assert acts["extension.sign.park_command"]["name"] == "园区指挥部签字"
    assert acts["level.confirm"]["outcomes"] == []


def test_flags_are_told_with_type_and_values(visit: Browse, draft: str) -> None:
    names = by_id(vocabulary(visit, draft)["names"], "name")
    assert names["case.level"]["type"] == "string"
    assert by_id(names["case.level"]["values"])["major"]["name"] == "重大"
    assert "agree" in by_id(names["decision"]["values"])


def test_forms_messages_and_signals_of_the_draft_are_offered(visit: Browse, draft: str) -> None:
    told = vocabulary(visit, draft, "en")
    assert by_id(told["forms"])["sign_park"]["name"] == "Park command signs"
    assert {"extension.request", "listing.open"} <= set(told["messages"])
    assert "deadline.moved" in told["signals"]
    assert by_id(told["bodies"])["finder"]["name"] == "The body that found the hazard"


def test_numbers_of_the_rule_set_are_offered(visit: Browse, draft: str) -> None:
    rules = by_id(vocabulary(visit, draft)["rules"])
    assert rules["limits.major.max"]["name"]


def test_the_editor_of_a_stranger_is_refused(visit: Browse, draft: str) -> None:
    assert visit("inspector1").get(f"{draft}/diagram").status_code == 403
    assert visit("inspector1").get(f"{draft}/vocabulary").status_code == 403


def test_a_reader_is_shown_the_diagram_but_may_not_change_it(visit: Browse, draft: str) -> None:
    page = visit("office_head").get(f"{draft}/diagram")
    assert page.status_code == 200
    assert "只读" in page.text
    assert "只读" not in visit("designer").get(f"{draft}/diagram").text
