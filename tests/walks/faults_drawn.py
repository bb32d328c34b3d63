"""Faults planted in the diagrams: each takes one thing away or turns one arrow."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from engine.deployment.bundle import Bundle
from workflows.deploying import bundles

ROOT = "hazard_rectification"
EXTENSION = "extension_request"
INTERVIEW = "overdue_interview"
ENFORCEMENT = "enforcement"
LISTING = "listed_supervision"
RAISING = "level_raise"
VOIDING = "void_request"

Edit = tuple[str, str]


def turned(flow: str, target: str) -> Edit:
    """Let a flow lead elsewhere."""
    return rf'(<bpmn:sequenceFlow id="{flow}"[^>]*targetRef=")[^"]*', rf"\g<1>{target}"


def no_terminate(end: str) -> Edit:
    """Let an end event no longer end everything else in its box."""
    return rf'(<bpmn:endEvent id="{end}".*?)<bpmn:terminateEventDefinition[^>]*/>', r"\1"


def ending_all(end: str) -> Edit:
    """Let an end event end everything else in its box."""
    kept, more = rf'(<bpmn:endEvent id="{end}".*?)(</bpmn:endEvent>)', f'id="{end}_now"'
    return kept, rf"\g<1><bpmn:terminateEventDefinition {more}/>\g<2>"


def no_boundary(event: str) -> Edit:
    """Take a boundary event away."""
    return rf'<bpmn:boundaryEvent id="{event}".*?</bpmn:boundaryEvent>', ""


def no_flow(flow: str) -> Edit:
    """Take a flow away."""
    return rf'<bpmn:sequenceFlow id="{flow}"[^>]*?(?:/>|>.*?</bpmn:sequenceFlow>)', ""


def beside(event: str, *, interrupting: bool) -> Edit:
    """Let a boundary event interrupt, or no longer interrupt."""
    word = "true" if interrupting else "false"
    return rf'(<bpmn:boundaryEvent id="{event}"[^>]*cancelActivity=")[a-z]*', rf"\g<1>{word}"


def condition(flow: str, text: str) -> Edit:
    """Let a gateway ask something else."""
    return (
        rf'(<bpmn:sequenceFlow id="{flow}".*?<bpmn:conditionExpression[^>]*>)[^<]*',
        rf"\g<1>{text}",
    )


def without(event: str, *flows: str) -> tuple[Edit, ...]:
    """Take a boundary event away with what leaves it."""
    return (no_boundary(event), *map(no_flow, flows))


DRAWN: Mapping[str, tuple[str, tuple[Edit, ...]]] = {
    "a moved date leaves the recheck at expiry open": (
        ROOT,
        without("recheck_moved", "f_recheck_moved_m_check"),
    ),
    "a report of completion does not end the box": (ROOT, (no_terminate("reported"),)),
    "found done at expiry does not end the box": (ROOT, (no_terminate("found_done"),)),
    "the clock outlives the strike-off": (ROOT, (no_terminate("agreed"),)),
    "an expiry sends no interview": (ROOT, (turned("f_g_kind_to_interview", "m_expired"),)),
    "an expiry sends no enforcement": (ROOT, (turned("f_m_expired_to_enforcement", "g_list"),)),
    "an overdue major hazard is not listed by the zone": (
        ROOT,
        (turned("f_g_list_to_zone_listing", "m_clock"),),
    ),
    "a failed recheck goes on to the strike-off": (
        ROOT,
        (turned("f_g_verdict_m_rect", "m_strike"),),
    ),
    "the department is passed over at the strike-off": (
        ROOT,
        (turned("f_g_route_strike_department", "strike_park"),),
    ),
    "a raised level gets no new paper": (ROOT, (turned("f_cancel_order_m_order", "m_loop"),)),
    "raising the level does not interrupt": (ROOT, (beside("raised", interrupting=False),)),
    "voiding does not interrupt": (ROOT, (beside("voided", interrupting=False),)),
    "a major hazard is not listed when served": (
        ROOT,
        (turned("f_report_to_park_to_listing", "m_loop"),),
    ),
    "a pass of a major hazard needs no expert": (
        ROOT,
        (turned("f_g_confirmed_recheck_expert", "m_conclude"),),
    ),
    "one signature is enough": (
        EXTENSION,
        (turned("f_g_park_join", "signed"), ending_all("signed")),
    ),
    "a refusal by the park stops nobody": (EXTENSION, (no_terminate("park_stopped"),)),
    "a refusal by the department stops nobody": (EXTENSION, (no_terminate("department_stopped"),)),
    "the leader is not asked for a second extension": (
        EXTENSION,
        (turned("f_g_second_sign_leader", "signed"),),
    ),
    "an approval does not tell that the date moved": (
        EXTENSION,
        (turned("f_g_effective_moved", "list"),),
    ),
    "an extension is not listed": (EXTENSION, (turned("f_moved_list", "fork"),)),
    "a withdrawal leaves the signatures open": (
        EXTENSION,
        (beside("withdraw", interrupting=False),),
    ),
    "a returned request never lapses": (
        EXTENSION,
        (
            *without("resubmit_late", "f_resubmit_late_lapse", "f_lapse_lapsed"),
            (r'<bpmn:serviceTask id="lapse".*?</bpmn:serviceTask>', ""),
            (r'<bpmn:endEvent id="lapsed".*?</bpmn:endEvent>', ""),
        ),
    ),
    "a returned request ends": (EXTENSION, (turned("f_g_returned_resubmit", "decided"),)),
    "an issuer still answers for a hazard that is fixed": (
        EXTENSION,
        (
            *without("answer_lapsed", "f_answer_lapsed_answer_spared"),
            (r'<bpmn:endEvent id="answer_spared".*?</bpmn:endEvent>', ""),
        ),
    ),
    "a dismissed objection undoes the extension": (
        EXTENSION,
        (condition("f_g_upheld_undo", 'decision = "dismiss"'),),
    ),
    "day 3 cuts the interview off": (INTERVIEW, (beside("not_held", interrupting=True),)),
    "nobody notes that day 3 has passed": (INTERVIEW, without("not_held", "f_not_held_late")),
    "a moved date leaves the interview owed": (INTERVIEW, without("moved", "f_moved_lapse")),
    "strike-off takes the interview along": (
        INTERVIEW,
        (turned("f_g_closed_goes_on", "ended_with_case"),),
    ),
    "a voided case leaves the interview owed": (
        INTERVIEW,
        (turned("f_g_closed_ended_with_case", "goes_on"),),
    ),
    "an interview that was reported on does not end": (INTERVIEW, (no_terminate("concluded"),)),
    "nobody who came counts as held": (
        INTERVIEW,
        (condition("f_g_outcome_m_notice", 'outcome = "never"'),),
    ),
    "the minutes fix no final date": (INTERVIEW, (turned("f_duty_final_date", "report"),)),
    "an unconfirmed host is waited for": (INTERVIEW, without("host_due", "f_host_due_by_matrix")),
    "the matrix's host still has to be confirmed": (
        INTERVIEW,
        (turned("f_by_matrix_m_notice", "nomination"),),
    ),
    "enforcement is decided while a request is pending": (
        ENFORCEMENT,
        (turned("f_decision_start_may_decide", "decide"),),
    ),
    "a moved date leaves enforcement open": (ENFORCEMENT, without("moved", "f_moved_lapse")),
    "a second expiry begins a second enforcement": (
        ENFORCEMENT,
        without("again", "f_again_m_open"),
    ),
    "a closed case stays listed": (LISTING, without("closed", "f_closed_m_down")),
    "a new ground changes nothing of a listing": (LISTING, without("raised", "f_raised_m_raise")),
    "a listing is published once and forgotten": (LISTING, (turned("f_round_m_round", "m_down"),)),
    "a refusal raises the level": (
        RAISING,
        (condition("f_g_confirmed_raise", 'decision = "refuse"'),),
    ),
    "the second officer is not heard": (
        RAISING,
        (condition("f_g_seconded_decide_raise", 'decision = "refuse"'),),
    ),
    "a refusal voids the case": (VOIDING, (condition("f_g_agreed_void", 'decision = "refuse"'),)),
    "a withdrawal leaves the decision open": (VOIDING, (beside("withdraw", interrupting=False),)),
}


def planted(fault: str) -> list[Bundle]:
    """Return the shipped bundles with one fault in one diagram."""
    process, edits = DRAWN[fault]
    return [_edited(one, edits) if one.process == process else one for one in bundles()]


def _edited(bundle: Bundle, edits: tuple[Edit, ...]) -> Bundle:
    path = f"{bundle.process}.bpmn"
    text = bundle.files[path].decode()
    for pattern, new in edits:
        text, found = re.subn(pattern, new, text, flags=re.DOTALL)
        if found != 1:
            raise ValueError(f"Expected {pattern} once in {path}, but it is there {found} times")
    return replace(bundle, files={**bundle.files, path: text.encode()})
