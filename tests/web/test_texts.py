"""The catalogue is complete: every key that is used is written, in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

from engine.store import definitions
from webapp.i18n import catalogue
from webapp.presentation import labels
from webapp.presentation.articles import article, in_english
from webapp.presentation.consequences import CONSEQUENCES, consequence
from webapp.presentation.rule_values import CHOICES, value_words
from workflows.app import Bihuan
from workflows.domain.acts import ACTS
from workflows.domain.deadline import KINDS, STATES
from workflows.domain.ladder_top import TOPS
from workflows.domain.levels import CATEGORIES, LEVELS, STATE_NAMES
from workflows.domain.org_facts import ROLES
from workflows.domain.routing import RUNGS
from workflows.domain.rule_set import parse, shipped_text

WEBAPP = Path(__file__).resolve().parents[2] / "webapp"
USED = re.compile(r"""["']([a-z_]+(?:\.[a-z_0-9]+)+)["']""")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
MADE = re.compile(
    r"(task\.closed_|inbox\.scope_|filter\.|ledger\.|remaining\.|"
    r"extension\.(?:status|rung)_|listing\.(?:grade|ground|status)_|interview\.step_|admin\.use_|interview\.(?:silent_)?conflict_|"
    r"enforcement\.(?:referral|penalty|power|stop|waiting|second_expiry|no_show))"
)
"""Keys that are put together from a name; each name is a closed list."""

LABELS = (
    labels.LEVELS,
    labels.STATES,
    labels.ACTS,
    labels.OUTCOMES,
    labels.DEADLINES,
    labels.DEADLINE_STATES,
    labels.CAUSES,
    labels.ROLES,
    labels.CATEGORIES,
    CHOICES,
)


def used_keys() -> set[str]:
    sources = [*WEBAPP.rglob("*.html"), *WEBAPP.rglob("*.py")]
    texts = [path.read_text("utf-8") for path in sources if path.parent.name != "i18n"]
    prefixes = {key.partition(".")[0] for key in catalogue.TEXTS}
    found = {key for text in texts for key in USED.findall(text)}
    return {key for key in found if key.partition(".")[0] in prefixes}


def test_no_key_is_written_twice() -> None:
    assert len(catalogue.TEXTS) == sum(len(part) for part in catalogue.PARTS)


def test_every_text_has_both_languages() -> None:
    for key, (chinese, english) in catalogue.TEXTS.items():
        assert chinese.strip(), key
        assert english.strip(), key
        exempt = key == "language.other"
        assert exempt or not CHINESE.search(english), f"{key} has Chinese in its English"


def test_both_languages_take_the_same_values() -> None:
    def values(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    for key, (chinese, english) in catalogue.TEXTS.items():
        assert values(chinese) == values(english), key


def test_every_label_has_both_languages() -> None:
    for table in LABELS:
        for name, (chinese, english) in table.items():
            assert chinese, name
            assert english, name
            assert not CHINESE.search(english), name


def test_every_text_is_used_somewhere() -> None:
    unused = {key for key in set(catalogue.TEXTS) - used_keys() if not MADE.match(key)}
    assert unused == set()


def test_every_key_used_in_a_template_is_written() -> None:
    call = re.compile(r"""\bt\(\s*["']([^"']+)["']""")
    for path in [*WEBAPP.rglob("*.html"), *WEBAPP.rglob("*.py")]:
        for key in call.findall(path.read_text("utf-8")):
            assert key in catalogue.TEXTS, f"{path.name} uses {key}"


def test_words_follow_their_number() -> None:
    assert catalogue.text("remaining.days", "en", days=1) == "1 day left"
    assert catalogue.text("remaining.days", "en", days=11) == "11 days left"
    assert catalogue.text("timeline.days_left", "en", days="1").startswith("Reminder: 1 day left")


def test_articles_are_cited_in_digits() -> None:
    assert article("(十五)") == "article 15"
    assert article("(三十九)") == "article 39"
    assert article("结语") == "closing words"
    assert in_english("GY-2022-15 v1 (十五): 3 days") == "GY-2022-15 v1, article 15: 3 days"


def test_every_clock_has_a_consequence_in_both_languages() -> None:
    rules = parse(shipped_text())
    assert {*KINDS, *(f"rung:{rung}" for rung in (*RUNGS, *TOPS))} <= set(CONSEQUENCES)
    for key, found in CONSEQUENCES.items():
        values = {"title": "X", "days": 1, "kind": "X", "body": "X", "host": "X"}
        given = {name: value for name, value in values.items() if name not in found.numbers}
        chinese = consequence((key,), rules, "zh", **given)
        english = consequence((key,), rules, "en", **given)
        assert CHINESE.search(chinese), key
        assert not CHINESE.search(english), key
        assert not {"{", "}"} & {*chinese, *english}, key


def test_every_value_of_the_rule_set_has_words() -> None:
    rules = parse(shipped_text())
    for value in rules:
        content = value.value if isinstance(value.value, list) else [value.value]
        words = {str(one) for one in (*content, *value.allowed)}
        if value.unit in {"choice", "choices"}:
            assert words <= set(CHOICES), value.key
        alone = value.unit in {"count", "months", "numbers"}
        assert alone or CHINESE.search(value_words(value, "zh")), value.key
        assert not CHINESE.search(value_words(value, "en")), value.key
    assert value_words(rules["extension.filing_sla_workdays"], "zh") == "1个工作日"
    assert value_words(rules["limits.larger.max"], "en") == "15 days"
    assert value_words(rules["clock.calendar_alarm_month"], "zh") == "12"  # December


def test_every_name_of_the_domain_has_a_label(bihuan: Bihuan) -> None:
    assert set(LEVELS) <= set(labels.LEVELS)
    assert set(STATE_NAMES) <= set(labels.STATES) & set(labels.STATE_TONES)
    assert set(KINDS) <= set(labels.DEADLINES)
    assert set(STATES) <= set(labels.DEADLINE_STATES)
    assert set(CATEGORIES) <= set(labels.CATEGORIES)
    assert set(ROLES) <= set(labels.ROLES)
    assert set(ACTS) <= set(labels.ACTS)
    with bihuan.database.read() as session:
        active = definitions.active(session)
    for one in active:
        compiled = bihuan.catalogue.compiled(one.process, one.version)
        acts = {e.properties["act"] for e in compiled.elements.values() if "act" in e.properties}
        assert acts <= set(labels.ACTS), one.process
