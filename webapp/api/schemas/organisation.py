"""The organisation: bodies, persons, enterprises, accounts."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from webapp.api.schemas.common import Instant, PageQuery, described, page_of


class SearchQuery(PageQuery):
    """Words that have to stand in names or ids."""

    text = fields.String(load_default="", validate=validate.Length(max=200))


class BodyItem(Schema):
    """A body of the zone."""

    id = fields.String(required=True)
    kind = fields.String(required=True)
    name_zh = fields.String(required=True)
    name = fields.String(required=True)
    may_order = fields.Boolean(
        required=True, metadata=described("Whether it has enforcement power of its own.")
    )
    closed_on = fields.Date(required=True, allow_none=True)


class EnterpriseItem(Schema):
    """Master data of an enterprise."""

    id = fields.String(required=True)
    name_zh = fields.String(required=True)
    name = fields.String(required=True)
    park = fields.String(required=True, allow_none=True)
    town = fields.String(required=True)
    industry_department = fields.String(required=True)
    industry = fields.String(required=True)
    size_class = fields.String(required=True)
    address = fields.String(required=True)
    legal_representative = fields.String(required=True)
    actual_investor = fields.String(required=True)
    contact = fields.String(required=True)
    phone = fields.String(required=True)
    closed_on = fields.Date(required=True, allow_none=True)


class PersonItem(Schema):
    """A person who may act."""

    id = fields.String(required=True)
    name_zh = fields.String(required=True)
    name = fields.String(required=True)


class PostItem(Schema):
    """A role in a body from a day to a day, both included; `id` is what `post.end` is about."""

    id = fields.String(required=True)
    body = fields.String(required=True)
    role = fields.String(required=True)
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(required=True, allow_none=True)


class SubstituteItem(Schema):
    """Who stands in for whom; `id` is what `substitute.end` is about."""

    id = fields.String(required=True)
    absent = fields.String(required=True)
    substitute = fields.String(required=True)
    body = fields.String(required=True)
    role = fields.String(required=True)
    instrument = fields.String(required=True)
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(required=True)


class AccountItem(Schema):
    """A way in; `id` is what `account.reset` and the like are about."""

    id = fields.String(required=True)
    username = fields.String(required=True)
    person = fields.String(required=True)
    closed = fields.Boolean(required=True)
    must_change = fields.Boolean(required=True)
    created_at = Instant(required=True)
    locked_until = Instant(required=True, allow_none=True)
    sessions = fields.List(
        Instant(), required=True, metadata=described("When its open sessions began.")
    )


class SignInPolicy(Schema):
    """What holds for every account."""

    shortest = fields.Integer(required=True, metadata=described("Characters of a password."))
    failures = fields.Integer(required=True)
    locked_minutes = fields.Integer(required=True)
    idle_minutes = fields.Integer(required=True)
    session_hours = fields.Integer(required=True)
    token_days = fields.Integer(required=True)


class PersonDetail(PersonItem):
    """A person with posts, substitutions and accounts."""

    posts = fields.List(fields.Nested(PostItem), required=True)
    substitutes = fields.List(fields.Nested(SubstituteItem), required=True)
    accounts = fields.List(fields.Nested(AccountItem), required=True)


BodyPage = page_of(BodyItem, "BodyPage")
EnterprisePage = page_of(EnterpriseItem, "EnterprisePage")
PersonPage = page_of(PersonItem, "PersonPage")


class AccountPage(page_of(AccountItem, "AccountItems")):  # type: ignore[misc]  # made at run time
    """Accounts, with what holds for all of them."""

    policy = fields.Nested(SignInPolicy, required=True)
