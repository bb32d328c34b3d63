"""The reason of an act that no form asks for: text that a reader can see, as a form keeps it."""

from __future__ import annotations

from typing import Final

from engine.errors import Invalid
from engine.forms.components import Component, Limits
from engine.forms.values import Refused, is_blank, text_value

_FIELD: Final = Component("textarea", "reason", "理由", "Reason", limits=Limits(max_length=2000))


def read_reason(text: str) -> str:
    """Return a reason without what nobody sees.

    Raises:
        Invalid: it is empty, too long, or holds control characters.
    """
    if is_blank(text):
        raise Invalid.at("reason", "Expected a reason, but it is empty", "请填写理由")
    try:
        return text_value(_FIELD, text)
    except Refused as refused:
        sentence = refused.sentence
        raise Invalid.at("reason", str(sentence), sentence.zh) from refused
