"""An English name that nobody gave follows the Chinese one; one that was given stays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.copied import Copies
from tests.domain.office import Office, enterprise, open_office
from workflows.administration import enterprise_sheet, record, registry
from workflows.domain import organisation

TOWN: dict[str, Any] = {"kind": "town", "name_zh": "河口镇", "may_order": False}

DEPARTMENT: dict[str, Any] = {
    "kind": "industry_department",
    "name_zh": "经济局",
    "may_order": False,
}


@pytest.fixture
def office(copied: Copies) -> Iterator[Office]:
    with open_office(copied) as opened:
        yield opened


def begins(office: Office, name: str, subject: str) -> dict[str, object]:
    with office.database.read() as session:
        return dict(registry.command(name).values(session, subject))


def names(office: Office, body: str) -> tuple[str, str]:
    with office.database.read() as session:
        found = organisation.body(session, body)
    return found.name_zh, found.name


def last(office: Office) -> dict[str, object]:
    with office.database.read() as session:
        return record.entries(session, "default", limit=1)[0].data


def test_a_body_without_an_english_name_begins_with_an_empty_box_and_is_renamed_whole(
    office: Office,
) -> None:
    town = office.do("body.add", **TOWN).subject
    assert begins(office, "body.edit", town)["name"] == ""
    office.do("body.edit", town, name_zh="河口镇政府", may_order=False)
    assert names(office, town) == ("河口镇政府", "河口镇政府")
    assert last(office)["before"] == {"name_zh": "河口镇", "name": "", "may_order": False}
    assert last(office)["after"] == {"name_zh": "河口镇政府", "name": "", "may_order": False}


def test_sending_back_what_was_read_gives_no_english_name(office: Office) -> None:
    town = office.do("body.add", **TOWN).subject
    office.do("body.edit", town, name_zh="河口镇政府", name="河口镇", may_order=False)
    assert names(office, town) == ("河口镇政府", "河口镇政府")


def test_an_english_name_that_was_given_stays_and_can_be_taken_away(office: Office) -> None:
    town = office.do("body.add", **TOWN, name="Hekou").subject
    assert begins(office, "body.edit", town)["name"] == "Hekou"
    office.do("body.edit", town, name_zh="河口镇政府", name="Hekou", may_order=False)
    assert names(office, town) == ("河口镇政府", "Hekou")
    office.do("body.edit", town, name_zh="河口镇政府", name="", may_order=False)
    assert names(office, town) == ("河口镇政府", "河口镇政府")


def test_enterprises_and_persons_follow_as_well(office: Office) -> None:
    town = office.do("body.add", **TOWN).subject
    data = enterprise(town, office.do("body.add", **DEPARTMENT).subject)
    one = office.do("enterprise.add", **data).subject
    assert begins(office, "enterprise.edit", one)["name"] == ""
    office.do("enterprise.edit", one, **(data | {"name_zh": "示例化工有限公司"}))
    assert names(office, one) == ("示例化工有限公司", "示例化工有限公司")
    assert last(office) == {
        "before": {"name_zh": "示例铝业有限公司", "name": ""},
        "after": {"name_zh": "示例化工有限公司", "name": ""},
    }
    head = office.person("示例甲", f"{town}:head")
    assert begins(office, "person.edit", head)["name"] == ""
    office.do("person.edit", head, name_zh="示例乙")
    with office.database.read() as session:
        assert organisation.person(session, head).name == "示例乙"


def test_a_sheet_without_english_names_changes_none(office: Office) -> None:
    town = office.do("body.add", **TOWN).subject
    data = enterprise(town, office.do("body.add", **DEPARTMENT).subject)
    one = office.do("enterprise.add", **data, name="Example").subject
    text = "企业名称,所在镇街,行业主管部门,行业,规模,法定代表人\n"
    text += "示例铝业有限公司,河口镇,经济局,有色金属,四上企业,示例乙\n"
    rows = enterprise_sheet.rows_of_text(text)
    enterprise_sheet.import_enterprises(
        office.database, office.actor(), "default", rows, agreed=bool
    )
    assert names(office, one) == ("示例铝业有限公司", "Example")
