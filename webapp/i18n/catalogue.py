"""The catalogue of page texts: one key, both languages, no fallback to a bare key.

`{days}` is a value; `{days:day|days}` the word that fits it, for one and for any other number.

A missing key is a mistake of ours and raises; a test compares the keys that templates and
views use with the keys written here.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

from webapp.i18n.administration import TEXTS as ADMINISTRATION
from webapp.i18n.administration_record import TEXTS as ADMINISTRATION_RECORD
from webapp.i18n.analysing import TEXTS as ANALYSING
from webapp.i18n.calendar_and_rules import TEXTS as CALENDAR_AND_RULES
from webapp.i18n.cases import TEXTS as CASES
from webapp.i18n.common import TEXTS as COMMON
from webapp.i18n.comparing import TEXTS as COMPARING
from webapp.i18n.drafts import TEXTS as DRAFTS
from webapp.i18n.editors import TEXTS as EDITORS
from webapp.i18n.enforcement import TEXTS as ENFORCEMENT
from webapp.i18n.extension import TEXTS as EXTENSION
from webapp.i18n.forms import TEXTS as FORMS
from webapp.i18n.imports import TEXTS as IMPORTS
from webapp.i18n.inbox import TEXTS as INBOX
from webapp.i18n.interview import TEXTS as INTERVIEW
from webapp.i18n.ledger import TEXTS as LEDGER
from webapp.i18n.listing import TEXTS as LISTING
from webapp.i18n.modeler import TEXTS as MODELER
from webapp.i18n.papers import TEXTS as PAPERS
from webapp.i18n.running import TEXTS as RUNNING
from webapp.i18n.scenarios import TEXTS as SCENARIOS
from webapp.i18n.simulation import TEXTS as SIMULATION
from webapp.i18n.studio import TEXTS as STUDIO
from webapp.i18n.timeline import TEXTS as TIMELINE
from webapp.i18n.tokens import TEXTS as TOKENS
from webapp.i18n.typography import chinese as punctuated

Text = tuple[str, str]

LANGUAGES = ("zh", "en")

PARTS: tuple[Mapping[str, Text], ...] = (
    COMMON,
    INBOX,
    CASES,
    FORMS,
    LEDGER,
    IMPORTS,
    PAPERS,
    STUDIO,
    COMPARING,
    ANALYSING,
    MODELER,
    DRAFTS,
    SIMULATION,
    TIMELINE,
    EXTENSION,
    INTERVIEW,
    ENFORCEMENT,
    LISTING,
    ADMINISTRATION,
    ADMINISTRATION_RECORD,
    CALENDAR_AND_RULES,
    TOKENS,
    RUNNING,
    EDITORS,
    SCENARIOS,
)

TEXTS: Mapping[str, Text] = {key: text for part in PARTS for key, text in part.items()}


class _Words(Formatter):
    """Sets values into a text, and words that fit them in number."""

    def format_field(self, value: object, format_spec: str) -> str:
        """Return the word for one or for many where there are two, else the value."""
        one, two, many = format_spec.partition("|")
        if not two:
            return str(super().format_field(value, format_spec))
        return one if str(value) == "1" else many


_WORDS = _Words()


def text(key: str, language: str, **values: object) -> str:
    """Return a text with its values set in; raise KeyError for a key nobody wrote."""
    chinese, english = TEXTS[key]
    chosen = english if language == "en" else chinese
    return sentence(chosen, **values) if values else chosen


def sentence(words: str, **values: object) -> str:
    """Return a sentence with its values set in."""
    return _WORDS.vformat(words, (), values)


def pick(language: str, chinese: str | None, english: str | None) -> str:
    """Return the words of a language, or the other's where there are none."""
    if language == "en":
        return english or chinese or ""
    return punctuated(chinese) if chinese else english or ""
