"""Rule sets and their values."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from webapp.api.schemas.common import described, page_of
from workflows.administration.rule_sets import LARGEST


class RuleSetItem(Schema):
    """A version of a rule set."""

    id = fields.String(required=True)
    version = fields.Integer(required=True)
    title = fields.String(required=True)
    since = fields.Date(required=True, allow_none=True)
    current = fields.Boolean(required=True)
    pending = fields.Boolean(
        required=True,
        metadata=described(
            "It waits for its day; the command rules.withdraw on the subject id/version, such as "
            "GY-2022-15/2, takes it back."
        ),
    )
    open_dates = fields.Integer(
        required=True, metadata=described("How many awaited dates rest on it.")
    )


RuleSetList = page_of(RuleSetItem, "RuleSetList")


class RuleItem(Schema):
    """One value with where it comes from and what it says."""

    key = fields.String(required=True)
    value = fields.Raw(required=True, allow_none=True)
    unit = fields.String(required=True)
    article = fields.String(required=True)
    sentence = fields.String(required=True)


class RuleSetDetail(Schema):
    """A version with its values and its text."""

    id = fields.String(required=True)
    version = fields.Integer(required=True)
    title = fields.String(required=True)
    basis = fields.String(required=True)
    values_ = fields.List(fields.Nested(RuleItem), required=True, data_key="values")
    text = fields.String(required=True, metadata=described("YAML."))


class RuleDifference(Schema):
    """What differs in one value; null where it is not there."""

    key = fields.String(required=True)
    before = fields.Nested(RuleItem, required=True, allow_none=True)
    after = fields.Nested(RuleItem, required=True, allow_none=True)


class RuleDifferences(Schema):
    """What differs in a version from another."""

    id = fields.String(required=True)
    version = fields.Integer(required=True)
    other = fields.Integer(required=True)
    differences = fields.List(fields.Nested(RuleDifference), required=True)


class RuleText(Schema):
    """A rule set as YAML."""

    text = fields.String(required=True, validate=validate.Length(1, LARGEST))


class NewRules(RuleText):
    """A rule set, and since when it holds."""

    since = fields.Date(required=True)


class Adopted(Schema):
    """The version that was adopted."""

    id = fields.String(required=True)
    version = fields.Integer(required=True)
