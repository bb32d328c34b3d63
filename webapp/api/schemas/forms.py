"""Forms as programs read them: fields with kinds, limits and choices."""

from __future__ import annotations

from marshmallow import Schema, fields

from webapp.api.schemas.common import described


class Choice(Schema):
    """One choice of a field."""

    value = fields.String(required=True)
    label = fields.String(required=True)


class Limits(Schema):
    """What a value must fulfil; absent = no limit."""

    min_length = fields.Integer()
    max_length = fields.Integer()
    minimum = fields.Float()
    maximum = fields.Float()
    pattern = fields.String()
    digits = fields.Integer()


class FormField(Schema):
    """One field; groups hold `children`, repeated rows the fields of a row."""

    key = fields.String(required=True)
    kind = fields.String(required=True)
    label = fields.String(required=True)
    hint = fields.String(required=True)
    required = fields.Boolean(required=True)
    readonly = fields.Boolean(required=True)
    multiple = fields.Boolean(required=True)
    default = fields.Raw(required=True, allow_none=True)
    hide = fields.String(
        required=True, allow_none=True, metadata=described("FEEL; true hides the field.")
    )
    limits = fields.Nested(Limits, required=True)
    options = fields.List(fields.Nested(Choice), required=True)
    children = fields.List(fields.Nested("webapp.api.schemas.forms.FormField"), required=True)


class Form(Schema):
    """A form: what `data` may hold."""

    id = fields.String(required=True)
    fields_ = fields.List(fields.Nested(FormField), required=True, data_key="fields")


class StartForm(Schema):
    """The form that begins a case, with the values that it starts with."""

    process = fields.String(required=True)
    form = fields.Nested(Form, required=True)
    values_ = fields.Dict(fields.String(), fields.Raw(), required=True, data_key="values")
