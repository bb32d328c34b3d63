"""Rules of separation: whom what they did keeps from what, in one table for everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from engine.errors import NotAllowed
from engine.ports import Bar
from workflows.domain import enforcement_entries as enforcement
from workflows.domain import extension_requests as requests
from workflows.domain import finders, raise_proposals, void_proposals
from workflows.domain.hazard_case import HazardCase


@dataclass(frozen=True)
class Rule:
    """Whom what they did bars, the refusal, and what a page tells them they did."""

    barred: Callable[[HazardCase], Iterable[str]]
    message: str
    message_zh: str
    did: str
    did_zh: str

    @property
    def refusal(self) -> NotAllowed:
        """The error that somebody barred is answered with."""
        return NotAllowed(self.message, self.message_zh)

    def bar(self, *, person: str = "", body: str = "") -> Bar:
        """Return the bar against a person or a body, as lists and pages are told."""
        return Bar(
            f"您{self.did_zh}，须由另一人办理",
            f"You {self.did}, so another person has to do this",
            person=person,
            body=body,
        )


def _proposers(case: HazardCase) -> Iterable[str]:
    return [str(person) for person in case.data["proposers"]]


def _rectifiers(case: HazardCase) -> Iterable[str]:
    return _values(case.data["reports"], "by")


def _lone_finders(case: HazardCase) -> Iterable[str]:
    """The finders, where one officer verifies alone."""
    one = case.basis.rules.whole(f"recheck.officers_min.{case.level}") == 1
    return finders.known(case.data) if one else ()


def _lone_graders(case: HazardCase) -> Iterable[str]:
    """Who graded and served alone, where one verifies alone and nobody is named as finder."""
    one = case.basis.rules.whole(f"recheck.officers_min.{case.level}") == 1
    return finders.possible(case.data) if one else ()


def _lead(case: HazardCase) -> Iterable[str]:
    lead = (case.data["recheck"] or {}).get("lead")
    return (str(lead),) if lead else ()


def _officers_of_the_recheck(case: HazardCase) -> Iterable[str]:
    recheck = case.data["recheck"] or {}
    return [str(recheck[name]) for name in ("lead", "second") if recheck.get(name)]


def _sole_verifier(case: HazardCase) -> Iterable[str]:
    passed = [one for one in case.data["rechecks"] if one["verdict"] == "pass"]
    last = passed[-1] if passed else {}
    return () if last.get("second") or not last.get("lead") else (str(last["lead"]),)


def _who_agreed(case: HazardCase) -> Iterable[str]:
    return _values([one for one in case.data["strike_offs"] if one["standing"]], "by")


def _who_signed(case: HazardCase) -> Iterable[str]:
    return requests.who_signed(case.data)


def _proposed_host(case: HazardCase) -> Iterable[str]:
    """Who proposed a host that is not confirmed yet; two interviews may be open at once."""
    waiting = [one for one in case.data["interviews"] if not one.get("confirmation")]
    return _values([one["proposal"] for one in waiting if one.get("proposal")], "by")


def _who_proposed_to_void(case: HazardCase) -> Iterable[str]:
    return void_proposals.who_proposed(case.data)


def _who_proposed_to_raise(case: HazardCase) -> Iterable[str]:
    return raise_proposals.who_proposed(case.data)


def _values(rows: Iterable[dict[str, Any]], name: str) -> set[str]:
    return {str(row[name]) for row in rows}


def _nobody(_case: HazardCase) -> Iterable[str]:
    return ()


OF_THE_ENTERPRISE = Rule(
    _nobody,
    "Expected somebody outside the enterprise, but the actor belongs to it",
    "本企业人员不得办理对本企业的监管事项",
    "belong to the enterprise that is supervised",
    "是本企业人员，不得办理对本企业的监管事项",
)
_NOT_THE_PROPOSER = Rule(
    _proposers,
    "Expected another officer, but the actor made the proposal",
    "提出人不得复核本人的提议，须由另一名检查人员办理",
    "proposed this level",
    "提出了这一等级",
)
THREE_PERSONS = Rule(
    _proposers,
    "Expected a person who did not propose the major level, but the actor did",
    "提出重大等级的人员不得确认",
    "proposed or seconded the major level",
    "提出或复核了重大等级",
)
_NOT_THE_RECTIFIER = Rule(
    _rectifiers,
    "Expected somebody other than the rectifier, but the actor reported completion",
    "整改人不得复查本人的整改",
    "reported that the rectification was done",
    "报告了整改完成",
)
_NOT_THE_FINDER_ALONE = Rule(
    _lone_finders,
    "Expected an officer other than the finder to verify alone, but the actor found it",
    "发现人不得单独复查，须由另一名检查人员办理",
    "found or registered this hazard",
    "发现或登记了该隐患",
)
_NOT_A_POSSIBLE_FINDER_ALONE = Rule(
    _lone_graders,
    "Expected another officer to verify alone, as nobody is named as finder, but the actor "
    "graded and served the hazard",
    "登记时未写明发现人，核定等级并送达文书的人员不得单独复查",
    "graded and served this hazard, whose finder was not named",
    "核定了等级并送达了文书，而登记时未写明发现人",
)
_ANOTHER_OFFICER = Rule(
    _lead,
    "Expected another officer, but the actor led the recheck",
    "主查人不得兼任第二复查人",
    "led this recheck",
    "是本次复查的主查人",
)
_NOT_AN_OFFICER_OF_THE_RECHECK = Rule(
    _officers_of_the_recheck,
    "Expected an expert, but the actor took part as an officer",
    "复查人员不得兼任专家",
    "took part in this recheck as an officer",
    "是本次复查的检查人员",
)
_NOT_THE_SOLE_VERIFIER = Rule(
    _sole_verifier,
    "Expected somebody other than the sole verifier, but the actor verified alone",
    "单独复查的人员不得批准销号",
    "verified the rectification alone",
    "单独复查了整改",
)
_DECIDES_ONCE = Rule(
    _who_agreed,
    "Expected a different person for each body, but the actor has already agreed",
    "各单位的销号意见须由不同人员签署",
    "agreed to the strike-off for another body",
    "已代另一单位同意销号",
)
_SIGNS_ONCE = Rule(
    _who_signed,
    "Expected another person for each body, but the actor has signed for one already",
    "两家单位须由不同人员签署，您已代另一单位签署",
    "signed this request for another body",
    "已代另一单位签署该延期申请",
)
_NOT_WHO_PROPOSED_THE_HOST = Rule(
    _proposed_host,
    "Expected another person to confirm the host, but the actor proposed him",
    "提名约谈人的人员不得确认本人的提名",
    "proposed the host of this interview",
    "提名了本次约谈人",
)
_NOT_A_CHECKER_OF_THE_REFERRAL = Rule(
    enforcement.checkers,
    "Expected another person, but the actor checked the elements of the referral",
    "核查移送四要素的人员不得复核或决定移送",
    "checked the elements of this referral",
    "核查了移送的四要素",
)
_NOT_WHO_PROPOSED_TO_VOID = Rule(
    _who_proposed_to_void,
    "Expected a second person to decide, but the actor proposed to void",
    "提请人与决定人须为两人",
    "proposed to void this case",
    "提请了误报更正",
)
_NOT_WHO_PROPOSED_TO_RAISE = Rule(
    _who_proposed_to_raise,
    "Expected a person who did not propose to raise, but the actor did",
    "提请、复核、确认须为三人",
    "proposed or seconded raising this hazard to major",
    "提请或复核了升级重大",
)
_VERIFYING = (_NOT_THE_RECTIFIER, _NOT_THE_FINDER_ALONE, _NOT_A_POSSIBLE_FINDER_ALONE)
_STRIKING = (_NOT_THE_RECTIFIER, _NOT_THE_SOLE_VERIFIER, _DECIDES_ONCE)
BY_ACT: dict[str, tuple[Rule, ...]] = {
    "level.second": (_NOT_THE_PROPOSER,),
    "recheck.submit": _VERIFYING,
    "recheck.at_expiry": _VERIFYING,
    "recheck.second": (_NOT_THE_RECTIFIER, _ANOTHER_OFFICER),
    "recheck.expert": (_NOT_THE_RECTIFIER, _NOT_AN_OFFICER_OF_THE_RECHECK),
    "interview.confirm": (_NOT_WHO_PROPOSED_THE_HOST,),
    "strike_off.finder": _STRIKING,
    "strike_off.industry_department": _STRIKING,
    "strike_off.park_command": _STRIKING,
    "strike_off.emergency_bureau": _STRIKING,
    "refusal.second": (_NOT_A_CHECKER_OF_THE_REFERRAL,),
    "refusal.refer": (_NOT_A_CHECKER_OF_THE_REFERRAL,),
    "extension.sign.park_command": (_SIGNS_ONCE,),
    "extension.sign.industry_department": (_SIGNS_ONCE,),
    "extension.sign.leader": (_SIGNS_ONCE,),
    "raise.second": (_NOT_WHO_PROPOSED_TO_RAISE,),
    "raise.decide": (_NOT_WHO_PROPOSED_TO_RAISE,),
    "void.decide": (_NOT_WHO_PROPOSED_TO_VOID,),
}
"""The rules of an act, the first one first: its refusal is the one that is told."""

BARRED_BY: dict[Rule, tuple[str, ...]] = {
    _NOT_THE_PROPOSER: ("level.propose", "level.confirm"),
    THREE_PERSONS: ("level.propose", "level.second"),
    _NOT_THE_RECTIFIER: ("rectify.report_done",),
    _NOT_THE_FINDER_ALONE: ("hazard.register",),
    _NOT_A_POSSIBLE_FINDER_ALONE: ("level.confirm", "order.serve"),
    _ANOTHER_OFFICER: ("recheck.submit",),
    _NOT_AN_OFFICER_OF_THE_RECHECK: ("recheck.submit", "recheck.second"),
    _NOT_THE_SOLE_VERIFIER: ("recheck.submit", "recheck.at_expiry"),
    _DECIDES_ONCE: tuple(act for act in BY_ACT if act.startswith("strike_off.")),
    _SIGNS_ONCE: tuple(act for act in BY_ACT if act.startswith("extension.sign.")),
    _NOT_WHO_PROPOSED_THE_HOST: ("interview.propose",),
    _NOT_A_CHECKER_OF_THE_REFERRAL: ("refusal.check", "refusal.second"),
    _NOT_WHO_PROPOSED_TO_VOID: ("case.void_propose",),
    _NOT_WHO_PROPOSED_TO_RAISE: ("level.raise_propose", "raise.second"),
}
"""The acts by which somebody becomes barred, as the records that each rule reads are written."""

ALWAYS = frozenset(
    {
        _NOT_THE_PROPOSER,
        THREE_PERSONS,
        _NOT_THE_RECTIFIER,
        _ANOTHER_OFFICER,
        _NOT_AN_OFFICER_OF_THE_RECHECK,
        _DECIDES_ONCE,
        _SIGNS_ONCE,
        _NOT_WHO_PROPOSED_THE_HOST,
        _NOT_A_CHECKER_OF_THE_REFERRAL,
        _NOT_WHO_PROPOSED_TO_VOID,
        _NOT_WHO_PROPOSED_TO_RAISE,
    }
)
"""Rules that bar whatever the level; the others only where one officer verifies alone."""
