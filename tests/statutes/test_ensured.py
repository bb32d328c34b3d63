"""What statutes are told of the product is what the product does."""

from __future__ import annotations

import pytest

from workflows.app import gate_environment
from workflows.deploying import bundles
from workflows.domain import candidates, deadlines, interview_ladder, routing, rule_ladders
from workflows.domain import enforcement_limits as enforcement
from workflows.domain import separation_rules as separation
from workflows.domain.rule_set import parse, shipped_text
from workflows.proving.ensured import DUES, KINDS, OF_ACTS, ensured

RULES = parse(shipped_text())
ENSURED = ensured(RULES)


def test_every_rule_of_separation_says_by_which_acts_it_bars() -> None:
    used = {rule for rules in separation.BY_ACT.values() for rule in rules}
    assert used | {separation.THREE_PERSONS} == separation.BARRED_BY.keys()
    assert used >= separation.ALWAYS - {separation.THREE_PERSONS}


def test_acts_that_bar_and_are_limited_are_acts_of_the_product() -> None:
    environment = gate_environment()
    named = {one.partition(":")[0] for one in environment.task_acts or ()}
    named |= environment.act_messages | {"hazard.register"}
    barring = {act for acts in separation.BARRED_BY.values() for act in acts}
    assert barring <= named
    assert OF_ACTS.keys() <= named


@pytest.mark.parametrize("name", sorted(routing.LADDERS))
def test_every_ladder_has_its_limit_or_a_date_of_the_case(name: str) -> None:
    limit = ENSURED.limits.get(name)
    assert (limit is None) == (name in ("deadline", interview_ladder.NAME))


@pytest.mark.parametrize("name", sorted(rule_ladders.RULES))
def test_the_limit_of_a_ladder_is_that_of_its_rule(name: str) -> None:
    rule = RULES[rule_ladders.RULES[name]]
    limit = ENSURED.limits[name]
    assert (limit.amount, limit.unit, limit.rule) == (rule.value, rule.unit, rule.key)


def test_the_dates_of_enforcement_and_interview_come_from_the_rules_named() -> None:
    assert enforcement.LIMITS.keys() == {"referral", "hand_over"}
    assert ENSURED.limits["referral"].rule == "referral.decide_days"
    assert DUES["interview"] == deadlines._RULES["interview"]
    assert OF_ACTS["recheck.submit"][0] == deadlines._RULES["recheck"]
    assert OF_ACTS["interview.report"][0] == deadlines._RULES["interview_report"]
    assert DUES.keys() <= gate_environment().due_names


def test_a_ladder_with_rungs_ends_at_a_body_that_is_final() -> None:
    assert routing.RUNGS[-1] == "leader_and_office"
    assert {"deadline", interview_ladder.NAME}.isdisjoint(ENSURED.tops)
    assert not ENSURED.tells_a_final_body({"ladder": "w1", "act": "interview.propose"})
    assert ENSURED.tells_a_final_body({"ladder": "w1", "act": "void.decide"})


def test_every_act_of_a_shipped_task_is_limited_or_has_the_date_of_the_case() -> None:
    for bundle in bundles():
        assert bundle.diagram is not None
        for node in bundle.diagram.of_kind("userTask"):
            own = node.properties["ladder"] == "deadline"
            assert (ENSURED.limit(node.properties) is None) == own, node.id


def test_rules_that_always_come_to_one_kind_of_body_are_known_by_it() -> None:
    assert KINDS.keys() <= candidates.RULES
    fixed = {rule: body for rule, (body, _) in candidates._FIXED.items()}
    assert fixed.items() <= KINDS.items()
    # Who found it, ordered it, lists it or holds the interview may be one of the others.
    several = {"finder", "issuer", "listing_body", "interview_host"}
    assert candidates.RULES - KINDS.keys() == several
