"""The command line from outside: JSON on standard output, refusals with exit code 1."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.domain import notices
from tests.expressions.drawing_decisions import decision, document, table, text
from workflows.cli.opening import database
from workflows.cli.root import COMMANDS, LazyGroup, main
from workflows.deploying import PROCESSES, processes
from workflows.domain import rule_set, rule_store

GRADING = Path(__file__).parents[2] / "workflows/processes/hazard_rectification/grading.dmn"


@pytest.fixture(autouse=True)
def _own_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIHUAN_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.delenv("DATABASE_URL", raising=False)


def run(*arguments: str, expect: int = 0, stdin: str | None = None) -> dict[str, Any]:
    """Call the command and return the JSON document it printed."""
    result = CliRunner().invoke(main, [*arguments, "--json"], input=stdin)
    assert result.exit_code == expect, result.output
    document = json.loads(result.stdout)
    assert isinstance(document, dict)
    return document


def test_every_registered_command_exists_and_explains_itself() -> None:
    assert isinstance(main, LazyGroup)
    for name in COMMANDS:
        result = CliRunner().invoke(main, [name, "--help"])
        assert result.exit_code == 0, result.output
        assert "Usage" in result.output


@pytest.mark.parametrize(
    ("expression", "value", "kind"),
    [
        ("1 + 2 * 3", 7, "number"),
        ('date("2026-03-02") + duration("P15D")', "2026-03-17", "date"),
        ("[1..3]", None, "range"),
        ("1 / 0", None, "null"),
        ('"".__class__', None, "null"),
        ('if 2 in [1..3) then "in" else "out"', "in", "string"),
    ],
)
def test_feel(expression: str, value: object, kind: str) -> None:
    document = run("feel", expression)
    assert document["type"] == kind
    if kind != "range":
        assert document["value"] == value


@pytest.mark.parametrize(
    ("expression", "printed"),
    [("10 / 3", "3." + "3" * 33), ("2 ** 0.5 > 1", "true"), ("15", "15"), ('"15"', '"15"')],
)
def test_a_number_is_printed_with_all_its_digits(expression: str, printed: str) -> None:
    assert CliRunner().invoke(main, ["feel", expression]).stdout == f"{printed}\n"


def test_a_function_is_no_result_to_print() -> None:
    assert "Closure" not in run("feel", "function(x) x", expect=1)["error"]


def test_feel_reads_its_context(tmp_path: Path) -> None:
    context = tmp_path / "context.json"
    context.write_text('{"case": {"level": "major", "days": 15}}', encoding="utf-8")
    found = run("feel", 'case.level = "major" and case.days <= 15', "--context", str(context))
    assert found == {"value": True, "type": "boolean"}


@pytest.mark.parametrize("expression", ["1 +", "nobody", "().__class__", "nobody.__class__"])
def test_feel_refuses_with_a_message(expression: str) -> None:
    assert run("feel", expression, expect=1)["error"]


@pytest.mark.parametrize(
    ("expression", "column", "zh", "en"),
    [
        ("1 +", 4, "表达式到此结束，还不完整", "it ends here"),
        ("2 * (3 + 4", 11, "第 1 行第 5 列的 ( 没有闭合", "( of line 1, column 5 is not closed"),
        ('"甲 + 1', 1, "没有结束的引号", "no mark ends it"),
        ("1 + * 2", 5, "此处无法识别：*", "found *"),
        ("1 + nobody", 5, "名称 nobody 不存在", "nothing provides nobody"),
        ("sum(for x in 1..20000 return x)", 5, "步数最多", "10000 steps"),
        ('1 + matches("a", "(a+)+")', 5, "正则表达式", "take too long"),
        (" " * 4001, 4001, "最多 4000 个字符", "at most 4000 characters"),
        ("", 1, "没有表达式", "there is none"),
    ],
)
def test_feel_says_where_and_points_at_it(
    expression: str, column: int, zh: str, en: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = run("feel", expression, expect=1)
    assert refused["error"].startswith(f"第 1 行第 {column} 列：")
    assert zh in refused["error"]
    assert (refused["line"], refused["column"]) == (1, column)
    monkeypatch.setenv("BIHUAN_LANGUAGE", "en")
    told = CliRunner().invoke(main, ["feel", expression]).stderr.splitlines()
    assert told[0].startswith("Expected ")
    assert told[0].endswith(f"(line 1, column {column})")
    assert en in told[0]
    assert told[2].strip() == "^" if expression else len(told) == 1


def test_feel_points_below_letters_of_two_columns() -> None:
    told = CliRunner().invoke(main, ["feel", "1 +\n  中文名称 * ("]).stderr.splitlines()
    assert told == [
        "第 2 行第 11 列：表达式到此结束，还不完整：第 2 行第 10 列的 ( 没有闭合",
        "    中文名称 * (",
        "                ^",
    ]


def test_feel_takes_an_expression_that_begins_with_a_minus() -> None:
    assert run("feel", "-1 + 3")["value"] == 2


def test_decide_names_the_rows_that_matched(tmp_path: Path) -> None:
    given = tmp_path / "input.json"
    facts = {"criterion": None, "category": "object", "imminent": False, "proposed_level": "larger"}
    given.write_text(json.dumps({"case": facts}), encoding="utf-8")
    document = run("decide", str(GRADING), "--input", str(given))
    assert len(document["matched"]) == 1
    assert document["value"]


def _limit(tmp_path: Path, *options: str, expect: int = 0) -> dict[str, Any]:
    given = tmp_path / "input.json"
    given.write_text('{"case": {"level": "major"}}', encoding="utf-8")
    limits = GRADING.with_name("limits.dmn")
    return run("decide", str(limits), "--input", str(given), *options, expect=expect)


def test_decide_makes_the_decision_on_which_no_other_rests(tmp_path: Path) -> None:
    given = tmp_path / "input.json"
    given.write_text('{"n": 4}', encoding="utf-8")
    graph = tmp_path / "graph.dmn"
    below = decision("below", table('hitPolicy="FIRST"', "n", "> 3 => 1", "- => 2"))
    graph.write_bytes(document(below, decision("above", text("below * 10"), needs="below")))
    assert run("decide", str(graph), "--input", str(given))["value"] == 10
    made = run("decide", str(graph), "--input", str(given), "--decision", "below")
    assert (made["value"], made["matched"]) == (1, ["r0"])


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "n 应为数字，实际为文字"), ("en", "n as a number")]
)
def test_decide_tells_a_value_of_another_type_by_its_field(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    monkeypatch.setenv("BIHUAN_LANGUAGE", language)
    given, graph = tmp_path / "input.json", tmp_path / "graph.dmn"
    given.write_text('{"n": "4"}', encoding="utf-8")
    asked = table('hitPolicy="FIRST"', "n", "> 3 => 1")
    typed = asked.replace("<inputExpression>", '<inputExpression typeRef="number">')
    graph.write_bytes(document(decision("below", typed)))
    told = run("decide", str(graph), "--input", str(given), expect=1)
    assert said in str(told["error"])
    assert list(told["errors"]) == ["n"]
    given.write_text('{"n": null}', encoding="utf-8")
    assert run("decide", str(graph), "--input", str(given))["value"] is None


def test_decide_reads_the_shipped_rules_where_the_database_has_none(tmp_path: Path) -> None:
    found = _limit(tmp_path)
    assert found["value"] == 15
    assert found["rules"] == {"id": "GY-2022-15", "version": 1}
    assert "第1版" in _limit(tmp_path, "--rules", "7", expect=1)["error"]
    run("db", "upgrade")
    assert _limit(tmp_path) == found


def test_decide_reads_the_rules_in_force(tmp_path: Path) -> None:
    run("db", "upgrade")
    text = rule_set.shipped_text()
    old = text.replace("version: 1\n", "version: 2\n").replace(
        "max: {value: 15,", "max: {value: 9,"
    )
    assert old != text
    with database().begin() as session:
        rule_store.seed(session, date(2026, 1, 1))
        rule_store.add_rule_set(session, old, date(2026, 7, 1))
    before, after = (_limit(tmp_path, "--on", day) for day in ("2026-06-30", "2026-07-01"))
    assert (before["rules"]["version"], after["rules"]["version"]) == (1, 2)
    assert (before["value"], after["value"]) == (15, 9)
    assert _limit(tmp_path, "--on", "2026-07-01", "--rules", "1") == before
    assert "第7版" in _limit(tmp_path, "--rules", "7", expect=1)["error"]
    assert "规则集" in _limit(tmp_path, "--on", "2020-01-01", expect=1)["error"]


def test_the_shipped_processes_pass_the_examination() -> None:
    document = run("check")
    assert (document["ok"], document["decided"], document["findings"]) == (True, True, [])
    assert len(document["properties"]) >= 5 * len(processes())
    told = [one for one in document["properties"] if not one["holds"]]
    assert {(one["kind"], one["severity"]) for one in told} <= {("feasibility", "warning")}


@pytest.mark.parametrize("process", ["hazard_rectification", "listed_supervision"])
def test_one_process_is_checked_beside_the_others(process: str) -> None:
    document = run("check", process)
    assert (document["ok"], document["process"], document["findings"]) == (True, process, [])


def test_check_names_what_is_wrong_in_a_file(tmp_path: Path) -> None:
    broken = tmp_path / "broken.bpmn"
    broken.write_text('<!DOCTYPE x [<!ENTITY e "e">]><definitions/>', encoding="utf-8")
    document = run("check", str(broken), expect=1)
    assert not document["ok"]
    assert document["findings"][0]["code"] == "file.diagram_unreadable"


def test_check_finds_the_forms_of_a_diagram_of_the_tree() -> None:
    path = PROCESSES / "hazard_rectification" / "hazard_rectification.bpmn"
    document = run("check", str(path))
    assert (document["ok"], document["process"]) == (True, "hazard_rectification")


def test_a_server_from_nothing() -> None:
    assert run("db", "upgrade")["revision"]
    assert run("db", "check") == {"differences": []}
    first = run("deploy")["deployed"]
    again = run("deploy")["deployed"]
    assert [(d["process"], d["version"]) for d in first] == [(name, 1) for name in processes()]
    assert all(d["new"] for d in first)
    assert not any(d["new"] for d in again)
    assert run("audit", "verify")["sound"]


def test_accounts_need_a_password_of_their_own() -> None:
    run("db", "upgrade")
    person = ("user", "add", "someone", "--name", "某人")
    assert "password" in run(*person, stdin="bihuan-demo\n", expect=1)["errors"]
    assert run(*person, stdin="a long enough phrase\n") == {"username": "someone"}
    assert run("user", "passwd", "nobody", stdin="a long enough phrase\n", expect=1)["error"]


@pytest.mark.parametrize(
    ("username", "name", "field"),
    [
        ("someone", "另一人", "username"),
        ("Bad Name!", "某人", "username"),
        ("other", "", "name_zh"),
        ("other", "x\u202ey", "name_zh"),
    ],
)
def test_a_person_is_added_by_the_rules_of_the_page(username: str, name: str, field: str) -> None:
    run("db", "upgrade")
    phrase = "a long enough phrase\n"
    run("user", "add", "someone", "--name", "某人", stdin=phrase)
    refused = run("user", "add", username, "--name", name, stdin=phrase, expect=1)
    assert list(refused["errors"]) == [field]


def test_a_ledger_is_somebody_s(tmp_path: Path) -> None:
    run("db", "upgrade")
    sheet = tmp_path / "ledger.csv"
    sheet.write_text("单位\n", encoding="utf-8")
    for command in (("import", "hazards", str(sheet)), ("export", "ledger", str(sheet))):
        assert "--as" in run(*command, expect=1)["errors"]["as"][0]


def test_a_calendar_with_a_wrong_line_is_refused_whole(tmp_path: Path) -> None:
    run("db", "upgrade")
    notice = tmp_path / "2027.csv"
    notice.write_text(
        "day,kind,name,source\n2027-01-01,holiday,元旦,通知\n2027-02-30,holiday,春节,通知\n",
        encoding="utf-8",
    )
    assert list(run("calendar", "import", str(notice), expect=1)["errors"]) == ["3"]
    notice.write_text("day,kind,name,source\n2027-01-01,holiday,元旦,通知\n", encoding="utf-8")
    assert list(run("calendar", "import", str(notice), expect=1)["errors"]) == ["text"]
    notice.write_text(notices.text(notices.whole()), encoding="utf-8")
    assert run("calendar", "import", str(notice))["years"] == [2027]
