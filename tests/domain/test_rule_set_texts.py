"""Rule sets that cannot be read: what is wrong is told by line or name, in both languages."""

from __future__ import annotations

import pytest

from engine.errors import Invalid
from workflows.domain import rule_set

HEAD = rule_set.shipped_text().split("values:")[0]


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("x: 1", "id、version", "id, version"),
        ("- 1", "规则集应有 id", "Expected a rule set with id"),
        (f"{HEAD}values: []", "values", "values"),
        (f"{HEAD}values:\n  limits.general.max: 3", "values.limits.general.max", "values.limits"),
        ("id: a\nb: [c", "第 2 行", "line 2"),
        (HEAD.replace("title:", "titel:") + "values: {}", "title", "title"),
    ],
)
def test_what_is_wrong_is_named(text: str, zh: str, en: str) -> None:
    with pytest.raises(Invalid) as refused:
        rule_set.parse(text)
    assert zh in refused.value.message_zh
    assert en in refused.value.message
    for sentence in (refused.value.message, refused.value.message_zh):
        assert not any(word in sentence for word in ("object", "indices", "yaml.", "expected ','"))


@pytest.mark.parametrize("value", ["-5", "99999", "true", "1.5"])
def test_a_number_out_of_reach_is_refused_in_both_languages(value: str) -> None:
    text = rule_set.shipped_text()
    line = next(
        one
        for one in text.splitlines()
        if "limits.general.max_days:" in one or "limits.general.max:" in one
    )
    before = line.split("value: ")[1].split(",")[0]
    wrong = text.replace(line, line.replace(f"value: {before},", f"value: {value},"))
    with pytest.raises(Invalid) as refused:
        rule_set.parse(wrong)
    assert "limits.general.max（应为 0 至 9999 的整数）" in refused.value.message_zh
    assert "limits.general.max (not a whole number from 0 to 9999)" in refused.value.message
