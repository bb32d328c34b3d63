"""Tokens and who holds them."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from webapp.api.schemas.common import BodyRole, Instant, described, page_of
from workflows.accounts.api_tokens import LONGEST_LIFETIME, SCOPES

_SECONDS = int(LONGEST_LIFETIME.total_seconds())


class TokenRequest(Schema):
    """User name and password, and how much the token shall allow."""

    username = fields.String(required=True, validate=validate.Length(1, 64))
    password = fields.String(required=True, validate=validate.Length(1, 200))
    scopes = fields.List(
        fields.String(validate=validate.OneOf(SCOPES)),
        load_default=list(SCOPES),
        validate=validate.Length(1, len(SCOPES)),
    )
    name = fields.String(load_default="", validate=validate.Length(max=100))
    expires_in = fields.Integer(
        load_default=None,
        validate=validate.Range(60, _SECONDS),
        metadata=described("Seconds; a working day where absent."),
    )


class Token(Schema):
    """A new token; it is readable only here."""

    id = fields.String(required=True)
    token = fields.String(required=True)
    access_token = fields.String(
        required=True, metadata=described("The same, under the name that OAuth clients expect.")
    )
    token_type = fields.String(required=True, validate=validate.Equal("Bearer"))
    scopes = fields.List(fields.String(), required=True)
    expires_at = Instant(required=True)


class HeldBody(Schema):
    """A body that the person acts for."""

    id = fields.String(required=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)


class StandIn(Schema):
    """A person for whom one may act today: name the person in the header `Acting-For`."""

    person = fields.String(required=True)
    name = fields.String(required=True)
    body = fields.String(required=True)
    role = fields.String(required=True)
    instrument = fields.String(required=True)
    until = fields.Date(required=True)


class Me(Schema):
    """Who calls."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    username = fields.String(required=True)
    language = fields.String(required=True)
    acting_for = fields.String(required=True, allow_none=True)
    may_act_for = fields.List(fields.Nested(StandIn), required=True)
    bodies = fields.List(fields.Nested(HeldBody), required=True)
    roles = fields.List(fields.Nested(BodyRole), required=True)
    scopes = fields.List(fields.String(), required=True)
    expires_at = Instant(required=True)


class OwnChoices(Schema):
    """What one chooses for oneself."""

    language = fields.String(required=True, validate=validate.OneOf(["zh", "en"]))


class PasswordChange(Schema):
    """The present password, and another one."""

    old = fields.String(required=True, validate=validate.Length(1, 200))
    password = fields.String(required=True, validate=validate.Length(1, 200))


class KeptToken(Schema):
    """A token that opens something; `id` opens nothing."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    scopes = fields.List(fields.String(), required=True)
    created_at = Instant(required=True)
    expires_at = Instant(required=True)
    current = fields.Boolean(required=True, metadata=described("Whether this call came with it."))


class KeptTokens(Schema):
    """The caller's tokens, the newest first."""

    items = fields.List(fields.Nested(KeptToken), required=True)
    total = fields.Integer(required=True)
    next = fields.String(required=True, allow_none=True)


class SessionItem(Schema):
    """A browser that is signed in; `id` opens nothing."""

    id = fields.String(required=True)
    username = fields.String(required=True)
    opened_at = Instant(required=True)
    seen_at = Instant(required=True)
    expires_at = Instant(required=True)
    address = fields.String(required=True)
    browser = fields.String(required=True)


SessionPage = page_of(SessionItem, "SessionPage")
