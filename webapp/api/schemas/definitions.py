"""Processes in force, their versions, and what the gate says of a new one."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from webapp.api.schemas.common import Instant, described, identifier


class Definition(Schema):
    """A version of a process."""

    process = fields.String(required=True)
    version = fields.Integer(required=True)
    name = fields.String(required=True)
    active = fields.Boolean(required=True)
    digest = fields.String(required=True)
    deployed_at = Instant(required=True)
    deployed_by = fields.String(required=True)


class DefinitionDetail(Definition):
    """A version with its files by path."""

    files = fields.Dict(fields.String(), fields.String(), required=True)


class DefinitionList(Schema):
    """Every version of every process."""

    items = fields.List(fields.Nested(Definition), required=True)
    total = fields.Integer(required=True)
    next = fields.String(required=True, allow_none=True)


class FileChange(Schema):
    """How one file differs."""

    path = fields.String(required=True)
    change = fields.String(required=True, validate=validate.OneOf(["added", "removed", "changed"]))
    lines = fields.List(
        fields.String(),
        required=True,
        metadata=described("A unified diff, line by line; empty for more than 20,000 lines."),
    )


class Difference(Schema):
    """One thing that differs: an element, a flow, a row of a table, a field of a form."""

    path = fields.String(required=True)
    subject = fields.String(
        required=True, metadata=described("`userTask`, `flow`, `rule`, `field`, …")
    )
    change = fields.String(
        required=True, validate=validate.OneOf(["added", "removed", "changed", "moved"])
    )
    element = fields.String(required=True)
    aspect = fields.String(
        required=True, metadata=described("`name`, `condition`, `property.ladder`, …; or empty.")
    )
    before = fields.String(required=True, allow_none=True)
    after = fields.String(required=True, allow_none=True)
    sentence = fields.String(required=True)


class DefinitionDiff(Schema):
    """What differs in a version from another; files that are alike are left out."""

    process = fields.String(required=True)
    version = fields.Integer(required=True)
    other = fields.Integer(required=True)
    files = fields.List(fields.Nested(FileChange), required=True)
    changes = fields.List(fields.Nested(Difference), required=True)
    cut = fields.Boolean(
        required=True, metadata=described("Whether there are more changes than are listed.")
    )


class CheckRequest(Schema):
    """A bundle by paths: `<process>.bpmn`, `<name>.dmn`, `forms/<form>.json`.

    `xml` stands for the diagram alone; what it lacks is taken from the version in force.
    """

    process = identifier()
    xml = fields.String()
    files = fields.Dict(
        fields.String(validate=validate.Length(1, 255)),
        fields.String(),
        validate=validate.Length(1, 200),
    )


class GateFinding(Schema):
    """One thing that is wrong."""

    severity = fields.String(required=True, validate=validate.OneOf(["error", "warning"]))
    code = fields.String(required=True)
    file = fields.String(required=True)
    element = fields.String(required=True)
    line = fields.Integer(required=True)
    sentence = fields.String(required=True)
    remedy = fields.String(required=True)


class PathStep(Schema):
    """One step of a counterexample, for playing it on the diagram."""

    element = fields.String(required=True)
    process = fields.String(required=True)
    tokens = fields.List(
        fields.String(),
        required=True,
        metadata=described("Flows and nodes that hold a token after the step, once each token."),
    )
    flows = fields.List(fields.String(), required=True)
    values = fields.Dict(
        fields.String(),
        fields.Raw(allow_none=True),
        required=True,
        metadata=described("Names that the step wrote, or that its condition read."),
    )


class Property(Schema):
    """One property that was judged."""

    kind = fields.String(
        required=True,
        validate=validate.OneOf(["soundness", "statute", "silence", "feasibility"]),
    )
    id = fields.String(required=True)
    process = fields.String(required=True)
    name = fields.String(required=True)
    article = fields.String(required=True, allow_none=True)
    sentence = fields.String(required=True)
    holds = fields.Boolean(
        required=True, allow_none=True, metadata=described("Null where it was not decided.")
    )
    severity = fields.String(required=True, validate=validate.OneOf(["error", "warning"]))
    element = fields.String(required=True)
    path = fields.List(fields.Nested(PathStep), required=True)
    table = fields.List(fields.Dict(fields.String(), fields.Raw(allow_none=True)))


class Examination(Schema):
    """What the gate and the verifier say of a bundle."""

    process = fields.String(required=True)
    deployable = fields.Boolean(required=True)
    findings = fields.List(fields.Nested(GateFinding), required=True)
    properties = fields.List(fields.Nested(Property), required=True)
    states = fields.Integer(required=True)
    decided = fields.Boolean(required=True)
    elapsed_ms = fields.Float(required=True)
    assumptions = fields.List(fields.String(), required=True)
