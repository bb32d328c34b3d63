"""Ledgers in and out by program: the same rows as the list, and imports followed to their end."""

from __future__ import annotations

import csv
import io

from tests.api import roads
from tests.api.harness import Client, Zone, ok, refused
from workflows.importing.worker import Importing

HEADS = "单位,隐患来源,发现日期,发现人单位,隐患描述,地址+区域,类别,等级"
KEY = {"Idempotency-Key": "files-1"}


def row(description: str, level: str = "一般") -> str:
    place = "一号车间,物"
    return f"示例铝业有限公司,部门,2026-03-01,应急管理局,{description},{place},{level}"


def send(client: Client, *rows: str, name: str = "台账.csv") -> dict[str, object]:
    content = "\n".join([HEADS, *rows]) + "\n"
    sent = {"file": (io.BytesIO(content.encode()), name)}
    return ok(client.send("POST", "/imports", headers=KEY, data=sent), 202)


def worked(zone: Zone) -> None:
    importing = Importing(zone.bihuan)
    for _ in range(100):
        if not importing.step():
            return
    raise AssertionError("the import does not come to its end")


def test_the_ledger_is_exported_as_it_is_listed(zone: Zone) -> None:
    larger = roads.graded(zone, "larger")
    roads.graded(zone, "general", description="另一隐患")
    client = zone.client("auditor")
    answer = client.get("/exports/ledger", level="larger", columns="number,level")
    assert answer.mimetype == "text/csv"
    heads, *rows = csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig")))
    number = zone.case(larger)["number"]
    assert (len(heads), [found[0] for found in rows]) == (2, [number])
    book = client.get("/exports/ledger", format="xlsx")
    assert book.get_data().startswith(b"PK")
    empty = zone.client("park_west").get("/exports/ledger").get_data().decode("utf-8-sig")
    assert len(empty.splitlines()) == 1
    refused(client.get("/exports/ledger", columns="number,secret"), 422)
    refused(client.get("/exports/ledger", limit=1), 422, "limit")


def test_a_ledger_is_imported_and_followed(zone: Zone) -> None:
    client = zone.client("inspector1")
    sent = [send(client, row("灭火器压力不足"), row("通道堵塞")) for _ in range(2)]
    assert sent[0] == sent[1]
    address = f"/imports/{sent[0]['id']}"
    worked(zone)
    checked = ok(client.get(address))
    assert (checked["state"], checked["rows"], checked["faults"]) == ("ready", 2, 0)
    refused(zone.client("inspector2").get(address), 404)
    for _ in range(2):
        ok(client.post(f"{address}/confirm", headers={"Idempotency-Key": "confirm"}))
    worked(zone)
    assert ok(client.get(address))["state"] == "done"
    lines = ok(client.get(f"{address}/report", limit=1))
    assert lines["items"][0]["outcome"] == "added"
    rest = ok(client.get(f"{address}/report", limit=1, cursor=lines["next"]))
    assert (len(rest["items"]), rest["next"]) == (1, None)
    assert ok(client.get("/cases"))["total"] == 2
    assert [one["id"] for one in ok(client.get("/imports"))["items"]] == [sent[0]["id"]]
    refused(client.post(f"{address}/withdraw"), 409)


def test_a_wrong_row_is_named_and_nothing_is_added(zone: Zone) -> None:
    client = zone.client("inspector1")
    address = f"/imports/{send(client, row('灭火器压力不足'), row('通道堵塞', '特大'))['id']}"
    worked(zone)
    assert ok(client.get(address))["state"] == "refused"
    (wrong,) = ok(client.get(f"{address}/report"))["items"]
    assert (wrong["line"], wrong["outcome"]) == (3, "fault")
    assert wrong["message"]
    refused(client.post(f"{address}/confirm"), 409)
    assert ok(client.get("/cases"))["total"] == 0
    refused(zone.client("enterprise01").get("/imports"), 403)
