"""A page that is one form: an act on a case, or a registration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from webapp.forms.page_form import PageForm
from webapp.presentation.facts import Fact
from webapp.presentation.steps import Step


@dataclass(frozen=True)
class Back:
    """Where the page leads back to."""

    address: str
    words: str


@dataclass(frozen=True)
class Refusal:
    """The banner of a form given back: what happened, why, what to do."""

    title: str
    sentence: str
    advice: str


@dataclass(frozen=True)
class FormPage:
    """What the form page's template shows; not `open` = the form can no longer be sent.

    `facts` = what whoever fills it in needs to know first.
    """

    title: str
    lead: str
    action: str
    submit: str
    back: Back
    form: PageForm
    hidden: dict[str, str] = field(default_factory=dict)
    refusal: Refusal | None = None
    open: bool = True
    next: Sequence[Step] = ()
    facts: Sequence[Fact] = ()
