"""Cases, their deadlines, what comes next, their history."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from engine.operations import FIELD_TYPES
from webapp.api.schemas.common import (
    BodyRole,
    Instant,
    PageQuery,
    described,
    identifier,
    page_of,
)
from webapp.api.schemas.forms import Form
from webapp.api.schemas.ledger_fields import field_queries
from workflows.domain.ledger_order import NEWEST, SORTS
from workflows.domain.levels import LEVELS, STATE_NAMES

ORDERS = tuple(sorted([*SORTS, *(f"-{name}" for name in SORTS)]))


class NewCase(Schema):
    """Which process begins, with the data of its registration form."""

    process = identifier(required=True)
    data = fields.Dict(fields.String(), fields.Raw(allow_none=True), required=True)


class CaseFilters(PageQuery):
    """Filters of the ledger that have names of their own, or a stricter meaning than a field's."""

    sort = fields.String(load_default=NEWEST, validate=validate.OneOf(ORDERS))
    level = fields.String(validate=validate.OneOf(LEVELS))
    state = fields.String(validate=validate.OneOf(tuple(STATE_NAMES)))
    park = identifier()
    department = identifier()
    town = identifier()
    enterprise = identifier()
    body = identifier(metadata=described("The body that found the hazard."))
    overdue = fields.Boolean()
    open = fields.Boolean()
    listed = fields.Boolean()
    extension_pending = fields.Boolean()
    second_extension = fields.Boolean()
    unfiled = fields.Boolean(metadata=described("An extension in force, not filed yet."))
    interview_late = fields.Boolean()
    number = identifier()
    text = fields.String(validate=validate.Length(max=200))


_NAMED = frozenset(CaseFilters().fields)

CaseQuery = CaseFilters.from_dict(
    {name: one for name, one in field_queries().items() if name not in _NAMED}, name="CaseQuery"
)


class Change(Schema):
    """A lawful change of a date."""

    cause = fields.String(required=True)
    actor = fields.String(required=True)
    at = Instant(required=True)
    before = fields.Date(required=True, allow_none=True)
    after = fields.Date(required=True, allow_none=True)


class CaseDeadline(Schema):
    """A date of a case: why it is this date, what became of it."""

    number = fields.Integer(required=True)
    kind = fields.String(required=True)
    state = fields.String(required=True)
    due_at = Instant(required=True, metadata=described("24:00 of the last day, exclusive."))
    due_date = fields.Date(required=True, metadata=described("The last day, in Beijing."))
    rule = fields.String(required=True)
    rule_set = fields.String(required=True)
    article = fields.String(required=True)
    explained = fields.List(fields.String(), required=True)
    started_at = Instant(required=True)
    start_event = fields.String(required=True)
    round = fields.Integer(required=True)
    printed = fields.Boolean(required=True)
    provisional = fields.Boolean(required=True)
    met_at = Instant(required=True, allow_none=True)
    expired_at = Instant(required=True, allow_none=True)
    changes = fields.List(fields.Nested(Change), required=True)


class NextStep(Schema):
    """An open task: who must do what by when."""

    task = fields.String(required=True)
    element = fields.String(required=True)
    act = fields.String(required=True)
    title = fields.String(required=True)
    body = fields.String(required=True, allow_none=True)
    role = fields.String(required=True, allow_none=True)
    candidates = fields.List(fields.Nested(BodyRole), required=True)
    assignee = fields.String(required=True, allow_none=True)
    due_at = Instant(required=True, allow_none=True)


class CaseItem(Schema):
    """A case as lists show it."""

    id = fields.String(required=True)
    number = fields.String(required=True)
    process = fields.String(required=True)
    version = fields.Integer(required=True)
    status = fields.String(required=True, validate=validate.OneOf(["open", "closed"]))
    state = fields.String(required=True)
    level = fields.String(required=True, allow_none=True)
    proposed_level = fields.String(required=True, allow_none=True)
    enterprise = fields.String(required=True)
    enterprise_name = fields.String(required=True)
    park = fields.String(required=True, allow_none=True)
    town = fields.String(required=True)
    department = fields.String(required=True)
    finder_body = fields.String(required=True)
    source = fields.String(required=True)
    found_at = Instant(required=True)
    registered_at = Instant(required=True)
    description = fields.String(required=True)
    location = fields.String(required=True)
    category = fields.String(required=True)
    criterion = fields.String(required=True)
    listing_grade = fields.Integer(required=True)
    deadlines = fields.List(fields.Nested(CaseDeadline), required=True)
    next = fields.List(fields.Nested(NextStep), required=True)
    flags = fields.List(
        fields.String(),
        required=True,
        metadata=described(
            "Of: overdue, interview_late, extension_pending, overdue_pending, second_extension, "
            "unfiled, listed, imminent, duplicate, suspended."
        ),
    )


class OfferedAct(Schema):
    """An act that the caller may perform now, with its form."""

    name = fields.String(required=True)
    title = fields.String(required=True)
    form = fields.Nested(Form, required=True)


class CaseEvidence(Schema):
    """A photo or paper of the case."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    mime = fields.String(required=True)
    size = fields.Integer(required=True)
    sha256 = fields.String(required=True)
    uploaded_at = Instant(required=True)


class AddedField(Schema):
    """A field that a process designer added to the case."""

    name = fields.String(required=True)
    type = fields.String(required=True, validate=validate.OneOf(FIELD_TYPES))
    label = fields.String(required=True)
    value = fields.Raw(required=True)


class AddedDate(Schema):
    """A service deadline that a process designer started; no date of the rules."""

    name = fields.String(required=True)
    label = fields.String(required=True)
    due_at = Instant(required=True)


class CaseDetail(CaseItem):
    """A case with the acts offered to the caller."""

    acts = fields.List(fields.Nested(OfferedAct), required=True)
    added_fields = fields.List(fields.Nested(AddedField), required=True)
    added_dates = fields.List(fields.Nested(AddedDate), required=True)
    evidence = fields.List(fields.Nested(CaseEvidence), required=True)


CasePage = page_of(CaseItem, "CasePage")


class HistoryQuery(Schema):
    """The instant up to which the case is told."""

    at = Instant(metadata=described("RFC 3339 with zone; the case as known then."))


class HistoryItem(Schema):
    """One act, chained by hash to the one before."""

    seq = fields.Integer(required=True)
    at = Instant(required=True)
    actor = fields.String(required=True)
    actor_name = fields.String(required=True)
    acting_for = fields.String(required=True, allow_none=True)
    act = fields.String(required=True)
    outcome = fields.String(required=True, allow_none=True)
    element = fields.String(required=True, allow_none=True)
    process = fields.String(required=True, allow_none=True)
    task = fields.String(required=True, allow_none=True)
    data = fields.Dict(
        fields.String(),
        fields.Raw(allow_none=True),
        required=True,
        allow_none=True,
        metadata=described("null where the words are not meant for the caller."),
    )
    prev = fields.String(required=True)
    hash = fields.String(required=True)


class History(Schema):
    """The chained rows of a case; internal acts of authorities are left out for others."""

    items = fields.List(fields.Nested(HistoryItem), required=True)
    total = fields.Integer(required=True)
    next = fields.String(required=True, allow_none=True)


class ActRequest(Schema):
    """The data of an act's form."""

    data = fields.Dict(fields.String(), fields.Raw(allow_none=True), load_default=dict)
    comment = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=2000))
