"""Enterprises from a sheet, notices as text, versions of rule sets, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from engine.errors import Invalid, NotAllowed
from tests.copied import Copies
from tests.domain.office import Office, faults, open_office
from workflows.administration import enterprise_sheet, record, rule_sets
from workflows.administration.enterprise_sheet import Imported, import_enterprises
from workflows.administration.notices import read_notice
from workflows.domain import organisation, rule_set, rule_store
from workflows.domain.working_days import WORKDAY

HEADINGS = [column.title for column in enterprise_sheet.COLUMNS]
ROW = [
    "示例铝业",
    "",
    "",
    "示例镇",
    "经济商务局",
    "机械",
    "四上企业",
    "",
    "示例甲",
    "示例乙",
    "",
    "",
]


@pytest.fixture
def office(copied: Copies) -> Iterator[Office]:
    with open_office(copied) as opened:
        opened.do("body.add", kind="town", name_zh="示例镇")
        opened.do("body.add", kind="industry_department", name_zh="经济商务局")
        yield opened


def sheet(path: Path, *rows: list[str]) -> str:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["企业名单"])
    for row in (HEADINGS, *rows):
        page.append(row)
    book.save(path / "enterprises.xlsx")
    return enterprise_sheet.as_text(path / "enterprises.xlsx")


def load(office: Office, text: str, *, dry_run: bool = False, by: str = "admin") -> Imported:
    rows = enterprise_sheet.rows_of_text(text)
    actor = office.actor(by)
    return import_enterprises(office.database, actor, "default", rows, agreed=lambda _: not dry_run)


def named(office: Office) -> list[str]:
    with office.database.read() as session:
        return [one.name_zh for one in organisation.enterprises(session)]


def test_a_dry_run_says_what_the_import_does_and_changes_nothing(
    office: Office, tmp_path: Path
) -> None:
    text = sheet(tmp_path, ROW, ["示例木业", *ROW[1:]])
    tried = load(office, text, dry_run=True)
    assert tried.added == ["示例铝业", "示例木业"]
    assert named(office) == []
    assert office.entries()[0][0] == "body.add"
    assert load(office, text) == tried
    assert sorted(named(office)) == sorted(tried.added)
    assert office.entries()[0][0] == "enterprise.import"
    assert load(office, text).same == tried.added


def test_a_sheet_changes_what_it_names_and_keeps_what_it_leaves_blank(
    office: Office, tmp_path: Path
) -> None:
    load(office, sheet(tmp_path, ROW))
    changed = [*ROW[:8], "示例丁", "", "", ""]
    assert load(office, sheet(tmp_path, changed)).changed == ["示例铝业"]
    with office.database.read() as session:
        (found,) = organisation.enterprises(session)
    assert (found.legal_representative, found.actual_investor) == ("示例丁", "示例乙")


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("所在镇街", "无此镇", "没有名为“无此镇”的单位"),
        ("规模", "特大", "规模"),
        ("法定代表人", "", "法定代表人"),
        ("所在园区", "无此园区", "没有名为“无此园区”的单位"),
    ],
)
def test_one_wrong_cell_imports_nothing(
    office: Office, tmp_path: Path, column: str, value: str, said: str
) -> None:
    wrong = ["示例木业", *ROW[1:]]
    wrong[HEADINGS.index(column)] = value
    with pytest.raises(Invalid) as error:
        load(office, sheet(tmp_path, ROW, wrong))
    assert list(faults(error)) == ["3"]
    assert said in faults(error)["3"][0]
    assert named(office) == []


def test_every_wrong_cell_of_a_row_is_named_in_both_languages(
    office: Office, tmp_path: Path
) -> None:
    wrong = ["示例木业", "", "", "无此镇", "经济商务局", "机械", "特大", "", "", "", "", ""]
    with pytest.raises(Invalid) as error:
        load(office, sheet(tmp_path, wrong))
    assert [sentence.partition("：")[0] for sentence in faults(error)["2"]] == [
        "所在镇街",
        "规模",
        "法定代表人",
    ]
    english = error.value.by_field("en")["2"]
    assert [sentence.partition(":")[0] for sentence in english] == [
        "Town or street",
        "Size",
        "Legal representative",
    ]


def test_a_row_that_stands_twice_is_refused(office: Office, tmp_path: Path) -> None:
    with pytest.raises(Invalid) as error:
        load(office, sheet(tmp_path, ROW, ROW))
    assert "与第 2 行重复" in faults(error)["3"][0]


def test_only_administrators_import(office: Office, tmp_path: Path) -> None:
    head = office.person("示例甲", "town01:head")
    with pytest.raises(NotAllowed):
        load(office, sheet(tmp_path, ROW), by=head)


def newer(version: int = 2, **values: object) -> str:
    text = rule_set.shipped_text().replace("version: 1", f"version: {version}", 1)
    for key, value in values.items():
        name = key.replace("__", ".")
        line = next(line for line in text.splitlines() if line.strip().startswith(f"{name}:"))
        old = rule_set.parse(rule_set.shipped_text())[name].value
        text = text.replace(line, line.replace(f"value: {old}", f"value: {value}"))
    return text


def test_a_new_version_holds_from_its_day_and_open_cases_keep_theirs(office: Office) -> None:
    text = newer(interview__due_days=5)
    with office.database.read() as session:
        old = rule_store.rules_of(session, "GY-2022-15", 1)
        (found,) = rule_sets.compare(old, rule_sets.check(session, text))
    assert (found.key, found.before and found.before.value) == ("interview.due_days", 3)
    assert found.after is not None
    assert found.after.value == 5
    rule_sets.adopt(office.database, office.actor(), "default", text, date(2026, 4, 1))
    with office.database.read() as session:
        assert rule_store.rules_in_force(session, date(2026, 3, 31)).version == 1
        assert rule_store.rules_in_force(session, date(2026, 4, 1)).version == 2
        assert rule_store.rules_of(session, "GY-2022-15", 1).whole("interview.due_days") == 3
        latest, first = rule_sets.versions(session, date(2026, 3, 2))
        assert (latest.version, latest.current, first.current) == (2, False, True)
        assert record.entries(session, "default", limit=1)[0].act == "rules.adopt"


@pytest.mark.parametrize(
    ("text", "since", "field"),
    [
        (newer(), date(2026, 3, 1), "since"),
        (newer(), date(2026, 3, 2), "since"),
        (newer(version=1), date(2026, 4, 1), "text"),
        ("- nothing", date(2026, 4, 1), "text"),
        ("{", date(2026, 4, 1), "text"),
        (newer().replace("interview.due_days", "interview.other"), date(2026, 4, 1), "text"),
        (newer(interview__due_days="soon"), date(2026, 4, 1), "text"),
    ],
)
def test_what_is_no_lawful_version_is_refused(
    office: Office, text: str, since: date, field: str
) -> None:
    with pytest.raises(Invalid) as error:
        rule_sets.adopt(office.database, office.actor(), "default", text, since)
    assert list(faults(error)) == [field]
    with office.database.read() as session:
        assert len(rule_sets.versions(session, date(2026, 3, 2))) == 1


def test_only_administrators_adopt(office: Office) -> None:
    head = office.person("示例甲", "town01:head")
    with pytest.raises(NotAllowed):
        rule_sets.adopt(office.database, office.actor(head), "default", newer(), date(2026, 4, 1))


def test_a_notice_is_read_in_either_language() -> None:
    (rest,) = read_notice("day,kind,name\n2027-01-01,holiday,元旦\n", "通知")
    (work,) = read_notice("\ufeff日期,类型,名称,依据\n2027-01-03,调休上班,元旦,国办\n", "通知")
    assert (rest.source, work.kind, work.source) == ("通知", WORKDAY, "国办")


def test_every_wrong_line_of_a_notice_is_named() -> None:
    text = "day,kind\n2027-02-30,holiday\n2027-01-01,rest\n2027-01-02,holiday\n2027-01-02,holiday\n"
    with pytest.raises(Invalid) as error:
        read_notice(text, "通知")
    assert list(faults(error)) == ["2", "3", "5"]


def test_a_day_of_the_week_is_not_worked_in_exchange() -> None:
    text = "日期,类型\n2026-11-24,调休上班\n2026-11-28,调休上班\n2026-11-29,放假\n"
    with pytest.raises(Invalid) as error:
        read_notice(text, "通知")
    (sentence,) = faults(error)["2"]
    assert sentence == "2026-11-24 是周二，本来就是工作日；调休上班只用于周六、周日"
    assert list(faults(error)) == ["2"]
    assert "Tue" in error.value.errors[0].message


def test_dates_are_read_as_a_spreadsheet_writes_them_again() -> None:
    first, second = read_notice("日期,类型\n2027/1/1,放假\n2027年1月2日,放假\n", "通知")
    assert (first.day, second.day) == (date(2027, 1, 1), date(2027, 1, 2))
    with pytest.raises(Invalid) as error:
        read_notice("日期,类型\n2027/1/1,放假\n2027-01-01,放假\n", "通知")
    assert faults(error)["3"] == ["与第 2 行日期重复"]


def test_a_notice_without_headings_is_told_once() -> None:
    with pytest.raises(Invalid) as error:
        read_notice("2027-01-01,放假,元旦,国办\n2027-01-02,放假,元旦,国办\n", "通知")
    assert "日期,类型,名称,依据" in "".join(faults(error)["text"])
    assert len(error.value.errors) == 1
