"""Every field of the official ledger can be filtered and ordered by, alike on both databases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import insert

from engine.errors import Invalid
from engine.ports import SYSTEM, Actor, Grant
from engine.store.database import Database
from engine.store.tables import Case
from tests.domain.hazards import case_row, hazard_row
from tests.domain.world import populate
from tests.postgres import PostgresServer
from workflows.domain import ledger, ledger_filters, ledger_marks
from workflows.domain.ledger import LedgerFilter, Order
from workflows.domain.ledger_fields import FIELDS
from workflows.domain.ledger_tables import HazardRow
from workflows.exporting import files
from workflows.exporting import ledger as exported
from workflows.exporting.ledger import LedgerTable
from workflows.migrations.run import upgrade

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
OFFICIAL = (
    *("隐患编号", "等级", "单位", "行业", "园区", "镇街", "地址", "区域（部位）", "是否四上"),
    *("隐患来源", "发现日期", "发现人单位", "隐患描述", "类别", "二级类别", "判定依据条款"),
    *("照片（张）", "治理资金（万元）", "计划完成", "责任人", "监管责任单位", "监管责任人"),
    *("延期次数", "现期限", "挂牌督办", "是否逾期", "整改完成日", "复查结果", "销号日", "录入方式"),
)
ROWS: tuple[dict[str, Any], ...] = (
    {
        "description": "灭火器压力不足",
        "enterprise_name_zh": "重庆铝业",
        "level": "major",
        "park": "park_east",
        "funds_wan": Decimal("12.5"),
        "criterion": "S0(十二)",
        "planned_date": date(2026, 3, 10),
        "found_at": datetime(2026, 3, 1, 15, 59, tzinfo=UTC),
        "supervising_person": "inspector1",
        "responsible_person": "张某",
        "recheck_result": "pass",
        "listing_grade": 2,
        "overdue_since": NOW - timedelta(days=1),
        "state": "overdue",
    },
    {
        "description": "安全通道堵塞",
        "enterprise_name_zh": "安阳木业",
        "level": "larger",
        "park": "park_west",
        "found_at": datetime(2026, 3, 1, 16, 0, tzinfo=UTC),
        "current_due_at": NOW - timedelta(hours=1),
        "current_due_date": date(2026, 3, 1),
        "state": "rectifying",
        "origin": "self",
    },
    {
        "description": "ＬＮＧ 阀门渗漏 100%_",
        "enterprise_name_zh": "北方木业",
        "level": None,
        "park": None,
        "above_scale": True,
        "registered_by": "inspector3",
    },
)


@pytest.fixture(
    scope="module",
    params=[
        pytest.param("sqlite", id="sqlite"),
        pytest.param("postgresql", id="postgresql", marks=pytest.mark.db),
    ],
)
def database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """The same three hazards on either database; nothing here changes them."""
    url = f"sqlite:///{tmp_path_factory.mktemp('ledger') / 'bihuan.db'}"
    if request.param == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres_server")
        url = server.url(server.create())
    database = Database(url)
    upgrade(database.engine)
    with database.begin() as session:
        populate(session)
        for number, changes in enumerate(ROWS, 1):
            session.execute(insert(Case), case_row(number))
            session.execute(insert(HazardRow), hazard_row(number, **changes))
    yield database
    database.dispose()


def found(
    database: Database,
    where: Mapping[str, Sequence[str]],
    *,
    text: str = "",
    order: str = "number",
    actor: Actor = SYSTEM,
) -> str:
    wanted = LedgerFilter(text=text, where=ledger_filters.read(where))
    with database.read() as session:
        page = ledger.page(session, actor, wanted, NOW, order=Order(order))
    return "".join(row.number[-1] for row in page.rows)


def test_every_field_of_the_official_table_is_there() -> None:
    assert tuple(one.title[0] for one in FIELDS.values() if one.official) == OFFICIAL


FILTERS: tuple[tuple[dict[str, Sequence[str]], str], ...] = (
    ({"level": ["major", "larger"]}, "12"),
    ({"level": ["-"]}, "3"),
    ({"park": ["park_east", "-"]}, "13"),
    ({"enterprise": ["木业 北"]}, "3"),
    ({"description": ["ln"]}, ""),
    ({"description": ["100%_"]}, "3"),
    ({"criterion": ["S0（十二)"]}, "1"),
    ({"criterion": ["S0(十二)"]}, "1"),
    ({"found_at_to": ["2026-03-01"]}, "1"),
    ({"found_at_from": ["2026-03-02"], "found_at_to": ["2026-03-02"]}, "23"),
    ({"planned": ["-"]}, "23"),
    ({"planned": ["*"]}, "1"),
    ({"planned_from": ["2026-03-10"], "planned_to": ["2026-03-10"]}, "1"),
    ({"funds_from": ["12.5"]}, "1"),
    ({"funds_to": ["12.4"]}, ""),
    ({"above_scale": ["yes"]}, "3"),
    ({"overdue": ["yes"]}, "12"),
    ({"overdue": ["no"]}, "3"),
    ({"supervisor": ["示例inspector1"]}, "1"),
    ({"source": ["inspection"]}, "13"),
    ({"source": ["self"]}, "2"),
    ({"listing": ["2"]}, "1"),
    ({"recheck": ["-", "fail"]}, "23"),
    ({"level": ["major"], "overdue": ["yes"], "park": ["park_west"]}, ""),
)


@pytest.mark.parametrize(("where", "expected"), FILTERS, ids=lambda one: str(one)[:40])
def test_filters(database: Database, where: dict[str, Sequence[str]], expected: str) -> None:
    assert found(database, where) == expected


@pytest.mark.parametrize(
    "where",
    [
        {"level": ["high"]},
        {"found_at_from": ["2026-02-30"]},
        {"found_at_to": ["9999-12-31"]},
        {"funds_from": ["NaN"]},
        {"found_at_from": ["2026-03-02"], "found_at_to": ["2026-03-01"]},
        {"funds_from": ["12"], "funds_to": ["9"]},
        {"funds_to": ["1e99"]},
        {"overdue": ["perhaps"]},
        {"description": ["a\x00b"]},
        {"description": ["长" * 201]},
        {"level": [""], "planned": ["soon"]},
    ],
)
def test_a_value_that_a_field_cannot_have_is_refused(where: dict[str, Sequence[str]]) -> None:
    with pytest.raises(Invalid) as refusal:
        ledger_filters.read(where)
    (fault,) = refusal.value.errors
    assert fault.field in where
    assert fault.message_zh.startswith("“")


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("enterprise", "231"),
        ("-enterprise", "132"),
        ("description", "231"),
        ("level", "213"),
        ("-level", "123"),
        ("park", "123"),
        ("funds", "123"),
        ("overdue", "312"),
        ("responsible", "123"),
        ("supervisor", "123"),
        ("source", "213"),
    ],
)
def test_order(database: Database, order: str, expected: str) -> None:
    """Of 重 the reading in a name is chóng; what is empty comes last either way."""
    assert found(database, {}, order=order) == expected


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_orders_and_filters(database: Database, name: str) -> None:
    """Each is asked for in every way that it has, on both databases."""
    assert sorted(found(database, {}, order=name)) == ["1", "2", "3"]
    assert sorted(found(database, {}, order=f"-{name}")) == ["1", "2", "3"]
    field = FIELDS[name]
    tried = {"day": "2026-03-01", "number": "1", "flag": "yes"}.get(field.kind, "示例")
    if field.kind == "choice":
        tried = next(iter(field.choices))
    names = ledger_filters.parameters(field)
    asked = {n: [tried] for n in names if n != name or field.kind not in ("day", "number")}
    everything = set(found(database, {}))
    assert set(found(database, asked)) < everything | {"none"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("灭", "1"),
        ("通道", "2"),
        ("lng阀门", ""),
        ("LNG 阀门", "3"),
        ("木业 安阳", "2"),
        ("示例park_east", "1"),
        ("示例inspector1", "12"),
        ("张某", "1"),
        ("GY-2026-000002", "2"),
        ("%", "3"),
        ("\x00", "123"),
    ],
)
def test_words_of_any_length_are_found(database: Database, text: str, expected: str) -> None:
    assert found(database, {}, text=text) == expected


def test_who_registered_is_searched_by_authorities_only(database: Database) -> None:
    own = Actor("principal1", "甲", (Grant("enterprise01", "principal"),))
    assert found(database, {}, text="示例inspector3") == "3"
    assert found(database, {}, text="示例inspector3", actor=own) == ""
    assert found(database, {}, text="示例inspector1", actor=own) == "1"


def test_a_table_is_read_in_batches_with_every_field(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exported, "BATCH", 1)
    table = LedgerTable(SYSTEM, LedgerFilter(), Order("number"), tuple(FIELDS.values()), "zh", NOW)
    with database.read() as session:
        heads = table.heads(session)
        rows = [dict(zip(heads, row, strict=True)) for row in table.rows(session)]
    first, second, third = rows
    assert (first["等级"], first["是否逾期"], first["治理资金（万元）"]) == (
        "重大",
        "是",
        Decimal("12.5"),
    )
    assert (first["监管责任人"], first["挂牌督办"], first["复查结果"]) == (
        "示例inspector1",
        "二级",
        "合格",
    )
    assert (second["隐患来源"], second["是否逾期"], second["园区"]) == (
        "自查",
        "是",
        "示例park_west",
    )
    assert (third["等级"], third["园区"], third["是否四上"]) == ("待定级", None, "是")
    assert [row["发现日期"] for row in rows] == [
        date(2026, 3, 1),
        date(2026, 3, 2),
        date(2026, 3, 2),
    ]


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("minus", ["", "-"])
def test_pages_of_one_row_give_the_whole_order(database: Database, name: str, minus: str) -> None:
    order, read = Order(f"{minus}{name}"), ""
    kept: list[Any] | None = None
    with database.read() as session:
        for _ in range(4):
            page = ledger.page_behind(
                session,
                SYSTEM,
                LedgerFilter(),
                NOW,
                order,
                limit=1,
                read=lambda kind, kept=kept: ledger_marks.read(kept, kind),  # type: ignore[misc]
            )
            read += "".join(row.number[-1] for row in page.rows)
            if page.next is None:
                break
            kept = ledger_marks.told(page.next)
    assert read == found(database, {}, order=order.name)


def test_a_file_says_what_the_page_says(database: Database) -> None:
    columns = [FIELDS[key] for key in ("level", "funds", "criterion")]
    table = LedgerTable(SYSTEM, LedgerFilter(), Order("number"), columns, "zh", NOW)
    with database.read() as session:
        lines = b"".join(files.csv_chunks(table.heads(session), table.rows(session))).decode()
    assert lines.splitlines()[1:] == ["重大,12.5,S0(十二)", "较大,,", "待定级,,"]
