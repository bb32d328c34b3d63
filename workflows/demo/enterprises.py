"""The twelve invented enterprises of the demonstration zone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from workflows.domain.organisation import ABOVE_SCALE, Enterprise

SMALL: Final = "small"
TOWN: Final = "town1"


@dataclass(frozen=True)
class _Line:
    """One enterprise in short: where it lies, who supervises it, what it does."""

    name_zh: str
    name: str
    park: str | None
    department: str
    industry: str
    size_class: str
    address: str


_LINES: Final = (
    _Line("示例铝业有限公司", "Model Aluminium", "park_east", "industry_economy", "有色(铝)", ABOVE_SCALE, "东园区一路1号"),
    _Line("示例铸造有限公司", "Model Foundry", "park_east", "industry_economy", "机械(铸造)", ABOVE_SCALE, "东园区一路8号"),
    _Line("示例家具有限公司", "Model Furniture", "park_east", "industry_economy", "家具", ABOVE_SCALE, "东园区二路3号"),
    _Line("示例木制品厂", "Model Woodworks", "park_east", "industry_economy", "木制品", SMALL, "东园区二路15号"),
    _Line("示例金属制品有限公司", "Model Metalware", "park_east", "industry_economy", "金属制品", SMALL, "东园区三路6号"),
    _Line("示例食品有限公司", "Model Foods", "park_west", "industry_economy", "食品", ABOVE_SCALE, "西园区一路2号"),
    _Line("示例化工有限公司", "Model Chemicals", "park_west", "industry_environment", "化工", ABOVE_SCALE, "西园区三路1号"),
    _Line("示例锂电池有限公司", "Model Batteries", "park_west", "industry_economy", "锂电池", ABOVE_SCALE, "西园区二路9号"),
    _Line("示例建材有限公司", "Model Building Materials", "park_west", "industry_construction", "建材", SMALL, "西园区四路5号"),
    _Line("示例建筑工程有限公司", "Model Construction", "park_west", "industry_construction", "建筑", ABOVE_SCALE, "西园区四路12号"),
    _Line("示例仓储物流有限公司", "Model Logistics", None, "industry_economy", "仓储", SMALL, "示范镇北街20号"),
    _Line("示例餐饮店", "Model Restaurant", None, "industry_social", "餐饮", SMALL, "示范镇南街5号"),
)  # fmt: skip


def _enterprise(number: int, line: _Line) -> Enterprise:
    return Enterprise(
        id=f"enterprise{number:02}",
        name_zh=line.name_zh,
        name=line.name,
        park=line.park,
        town=TOWN,
        industry_department=line.department,
        industry=line.industry,
        size_class=line.size_class,
        address=line.address,
        legal_representative=f"法定代表人{number:02}",
        actual_investor=f"实际投资人{number:02}",
        contact=f"安全管理员{number:02}",
        phone=f"0000-0000{number:03}",
        sort_key="",
    )


ENTERPRISES: Final = tuple(_enterprise(n, line) for n, line in enumerate(_LINES, start=1))
