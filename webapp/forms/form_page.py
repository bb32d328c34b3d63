"""A page that is one form: an act on a case, or a registration."""

from __future__ import annotations

from dataclasses import dataclass, field

from webapp.forms.page_form import PageForm


@dataclass(frozen=True)
class Back:
    """Where the page leads back to."""

    address: str
    words: str


@dataclass(frozen=True)
class FormPage:
    """What the form page's template shows."""

    title: str
    lead: str
    action: str
    submit: str
    back: Back
    form: PageForm
    hidden: dict[str, str] = field(default_factory=dict)
