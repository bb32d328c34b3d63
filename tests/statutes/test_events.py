"""How events are written, and when a step may be or must be one."""

from __future__ import annotations

import pytest

from engine.errors import Invalid
from engine.verification.statutes.events import Label, parse_event


@pytest.mark.parametrize(
    ("written", "label", "may", "must"),
    [
        ("act sign.a", Label("act", "sign.a", "agree"), True, True),
        ("act sign.a[agree]", Label("act", "sign.a", "agree"), True, True),
        ("act sign.a[agree]", Label("act", "sign.a", "refuse"), False, False),
        ("act sign.a[agree]", Label("act", "sign.a"), True, False),
        ("act sign.a[!agree]", Label("act", "sign.a", "refuse"), True, True),
        ("act sign.a[!agree]", Label("act", "sign.a", "agree"), False, False),
        ("act sign.a[agree|late]", Label("act", "sign.a", "late"), True, True),
        ("act sign.*", Label("act", "sign.b", "agree"), True, True),
        ("act sign.*", Label("operation", "sign.b"), False, False),
        ("timer x.y", Label("timer", "x.y"), True, True),
    ],
)
def test_a_label_may_or_must_be_an_event(written: str, label: Label, may: bool, must: bool) -> None:
    event = parse_event(written)
    assert (event.may(label), event.must(label)) == (may, must)


@pytest.mark.parametrize("text", ["act a", "act a.*[!x]", "operation a[x|y]", "element f_a-b"])
def test_an_event_is_written_as_it_was_read(text: str) -> None:
    assert str(parse_event(text)) == text


@pytest.mark.parametrize("text", ["", "act", "deed a", "act a[", "act a[]", "act a b", "act [x]"])
def test_what_is_no_event_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="Expected an event"):
        parse_event(text)
