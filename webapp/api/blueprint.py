"""flask-smorest with our manners: strict JSON, our refusals, our problem documents, types."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn, TypeVar

import flask_smorest
from flask import Request
from marshmallow import RAISE, Schema, ValidationError
from webargs.flaskparser import FlaskParser

from engine.errors import FieldError, Invalid
from webapp.api.complaints import invalid
from webapp.api.schemas.common import Problem
from webapp.api.strict_json import body_of
from webapp.api.worded import OtherContent

View = TypeVar("View", bound=Callable[..., Any])

PREFIX = "/api/v1"
MULTIPART = "multipart/form-data"
_LONGEST_NAME = 80
PROBLEM = "application/problem+json"
SUMMARY_ZH = "x-summary-zh"
"""Where the description keeps the Chinese summary of a call."""

REFUSALS = "x-refusals"
"""Where a call keeps what it may be refused with, until its description is complete."""


PARAMETERS = "x-parameters"
"""Where a call keeps parameters that no schema says: the library would let them take the place of
those of the schemas."""


class Parser(FlaskParser):
    """Reads arguments; what is wrong with them is an Invalid like any other."""

    DEFAULT_UNKNOWN_BY_LOCATION: dict[str, str | None] = {"json": RAISE, "query": RAISE}  # noqa: RUF012 as the library has it

    def load_json(self, req: Request, schema: Schema) -> Any:  # noqa: ANN401 any JSON value
        """Return the body's JSON value."""
        return body_of(req)

    def load_querystring(self, req: Request, schema: Schema) -> Any:  # noqa: ANN401 the library's own
        """Return the parameters of the address; none is left out because it stands there twice."""
        faults = [
            FieldError(
                name[:_LONGEST_NAME],
                f"Expected one value, but there are {len(values)}",
                f"只能有一个值，现有 {len(values)} 个",
            )
            for name, values in req.args.lists()
            if len(values) > 1
        ]
        if faults:
            raise Invalid(faults[0].message, faults[0].message_zh, faults)
        return super().load_querystring(req, schema)

    def load_files(self, req: Request, schema: Schema) -> Any:  # noqa: ANN401 the library's own
        """Return the files of a multipart body; what claims to be something else is refused."""
        if req.mimetype and req.mimetype != MULTIPART:
            raise OtherContent(
                f"Expected the Content-Type {MULTIPART}, but it is {req.mimetype[:80]}",
                f"请求内容类型（Content-Type）应为 {MULTIPART}，而不是 {req.mimetype[:80]}",
            )
        return super().load_files(req, schema)

    def handle_error(
        self, error: ValidationError, req: Request, schema: Schema, **_more: object
    ) -> NoReturn:
        """Raise Invalid with the errors by field."""
        messages = error.messages if isinstance(error.messages, Mapping) else {"": error.messages}
        raise invalid(messages) from error


class Blueprint(flask_smorest.Blueprint):  # type: ignore[misc]  # the library has no types
    """A set of calls below `/api/v1`; its decorators keep the types of the views."""

    ARGUMENTS_PARSER = Parser()

    def __init__(self, name: str, import_name: str, title: tuple[str, str]) -> None:
        """Name the set and say in Chinese and English what it is about."""
        super().__init__(f"api-{name}", import_name, url_prefix=PREFIX, description=title[1])
        self.title = title

    def call(
        self,
        method: str,
        rule: str,
        zh: str,
        refusals: Sequence[int] = (),
        parameters: Sequence[Mapping[str, Any]] = (),
        **documented: Any,  # noqa: ANN401
    ) -> Callable[[View], View]:
        """Register a view for one method.

        `parameters` come beside those of the schemas, as headers do; `zh` says in Chinese what the
        first line of the view's docstring says in English; `refusals` are statuses beyond those
        that follow from what the call takes (see `webapp.api.described`); `documented` goes into
        its description as it is.
        """

        def mark(view: View) -> View:
            more = {SUMMARY_ZH: zh, REFUSALS: list(refusals), **documented}
            more[PARAMETERS] = list(parameters)
            described = self.doc(**more)(view)
            self.add_url_rule(rule, None, described, methods=[method])
            return view

        return mark

    def takes(
        self,
        schema: type[Schema],
        *,
        location: str = "json",
        **more: Any,  # noqa: ANN401
    ) -> Callable[[View], View]:
        """Hand the checked body or query to the view as its first argument."""
        decorator: Callable[[View], View] = self.arguments(schema, location=location, **more)
        return decorator

    def gives(
        self,
        schema: type[Schema] | None,
        status: int = 200,
        **more: Any,  # noqa: ANN401
    ) -> Callable[[View], View]:
        """Answer with what the view returns, put into the form of a schema."""
        decorator: Callable[[View], View] = self.response(status, schema, **more)
        return decorator


class Api(flask_smorest.Api):  # type: ignore[misc]  # the library has no types
    """The interface as a whole; errors are told by `webapp.api.problems`, not by the library."""

    ERROR_SCHEMA = Problem
    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """Leave the handlers alone: pages have theirs, and ours know both languages."""
