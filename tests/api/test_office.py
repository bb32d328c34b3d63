"""What the pages of the administration do, done by program: lists, calendar, rules, sheets."""

from __future__ import annotations

import io

import pytest

from engine.work import once as onces
from tests.api.harness import Client, Zone, ok, refused
from tests.domain import notices
from workflows.administration.enterprise_sheet import COLUMNS

OFFICE = "/administration"
KEY = {"Idempotency-Key": "office-1"}
NOTICE = {"text": notices.text(notices.whole())}


def command(client: Client, name: str, body: object, **headers: str) -> dict[str, object]:
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    return ok(client.post(f"{OFFICE}/commands/{name}", body, named))


def test_the_organisation_is_listed_page_by_page(small_zone: Zone) -> None:
    client = small_zone.client("admin")
    for path in ("bodies", "enterprises", "persons", "accounts"):
        first = ok(client.get(f"{OFFICE}/{path}", limit=2))
        assert (len(first["items"]), first["total"] > 2) == (2, True)
        second = ok(client.get(f"{OFFICE}/{path}", limit=2, cursor=first["next"]))
        assert first["items"][0] not in second["items"]
        assert ok(client.get(f"{OFFICE}/{path}", text="没有此名"))["total"] == 0
    person = ok(client.get(f"{OFFICE}/persons/inspector1"))
    assert ("bureau", "officer") in {(post["body"], post["role"]) for post in person["posts"]}
    assert [one["username"] for one in person["accounts"]] == ["inspector1"]
    assert ok(client.get(f"{OFFICE}/accounts"))["policy"]["failures"] == 10
    refused(client.get(f"{OFFICE}/persons/nobody"), 404)


def test_what_is_edited_is_edited_as_it_was_read(zone: Zone) -> None:
    client = zone.client("admin")
    address = f"{OFFICE}/commands/body.edit"
    read = client.get(address, subject="town1")
    assert ok(read)["edits"]
    etag = {"If-Match": read.headers["ETag"]}
    body = {"subject": "town1", "data": ok(read)["values"] | {"name": "Town one"}}
    assert "If-Match" in refused(client.post(address, body), 428)["detail"]
    ok(client.post(address, body, etag))
    refused(client.post(address, body, etag), 412)
    ok(client.post(address, body, {"If-Match": "*"}))


def test_a_command_is_done_once_and_its_secret_told_once(zone: Zone) -> None:
    client = zone.client("admin")
    account = ok(client.get(f"{OFFICE}/accounts", text="town1"))["items"][0]["id"]
    reset = {"subject": account, "data": {"reason": "遗忘"}}
    first = command(client, "account.reset", reset, Idempotency_Key="k1")
    again = command(client, "account.reset", reset, Idempotency_Key="k1")
    assert first["secret"]
    assert again == first | {"secret": None}
    acts = [one["act"] for one in ok(client.get(f"{OFFICE}/record"))["items"]]
    assert acts.count("account.reset") == 1
    other = {"subject": account, "data": {"reason": "另一原因"}}
    refused(client.post(f"{OFFICE}/commands/account.reset", other, {"Idempotency-Key": "k1"}), 409)


def test_a_notice_is_looked_at_and_loaded(zone: Zone) -> None:
    client = zone.client("admin")
    border = {"text": NOTICE["text"] + "2026-12-31,holiday,元旦,示例通知\n"}
    found = ok(client.post(f"{OFFICE}/calendar/check", border))
    assert (found["days"], found["moves"]) == (14, [])
    told = [(one["year"], one["joined"], one["before"], one["after"]) for one in found["years"]]
    assert told == [(2026, True, 39, 40), (2027, False, 13, 13)]
    assert found["years"][0]["gone"] == []
    assert found["years"][0]["new"] == [{"day": "2026-12-31", "kind": "holiday"}]
    assert not found["years"][0]["unchanged"]
    part = {"text": "day,kind,name,source\n2027-01-09,workday,元旦,示例通知\n"}
    for path in ("calendar/check", "calendar"):
        assert "text" in refused(client.post(f"{OFFICE}/{path}", part), 422)["errors"]
    loaded = ok(client.post(f"{OFFICE}/calendar", NOTICE, KEY))
    assert ok(client.post(f"{OFFICE}/calendar", NOTICE, KEY)) == loaded
    (again,) = ok(client.post(f"{OFFICE}/calendar/check", NOTICE))["years"]
    assert again["unchanged"]
    years = {one["year"]: one for one in ok(client.get(f"{OFFICE}/calendar"))["items"]}
    assert (years[2027]["rest_days"], years[2027]["provisional"]) == (13, False)
    wrong = refused(client.post(f"{OFFICE}/calendar", {"text": "day,kind\n2027-02-30,x\n"}), 422)
    assert list(wrong["errors"]) == ["2"]
    refused(client.post(f"{OFFICE}/calendar", {"text": "day,kind\n2020-01-01,holiday\n"}), 422)


def test_rules_are_compared_and_adopted_once(zone: Zone) -> None:
    client = zone.client("admin")
    (latest, *_) = ok(client.get(f"{OFFICE}/rules"))["items"]
    assert latest["current"]
    address = f"{OFFICE}/rules/{latest['id']}/{latest['version']}"
    text = ok(client.get(address))["text"]
    number = latest["version"] + 1
    same = text.replace(f"version: {latest['version']}", f"version: {number}", 1)
    told = ok(client.post(f"{OFFICE}/rules/check", {"text": same}))
    assert (told["version"], told["other"], told["differences"]) == (number, latest["version"], [])
    refused(client.post(f"{OFFICE}/rules", {"text": same, "since": zone.today(30)}), 422, "text")
    newer = same.replace("limits.major.max: {value: 15,", "limits.major.max: {value: 14,")
    body = {"text": newer, "since": zone.today(30)}
    for _ in range(2):
        adopted = ok(client.post(f"{OFFICE}/rules", body, KEY), 201)
        assert adopted == {"id": latest["id"], "version": number}
    refused(client.post(f"{OFFICE}/rules", body), 422, "text")
    (found,) = ok(client.get(f"{OFFICE}/rules/{latest['id']}/{number}/diff/1"))["differences"]
    assert found["key"] == "limits.major.max"
    refused(client.get(f"{OFFICE}/rules/{latest['id']}/99"), 404)
    refused(client.post(f"{OFFICE}/rules/check", {"text": "- x"}), 422, "text")


def test_an_adoption_is_withdrawn_before_its_day(zone: Zone) -> None:
    client = zone.client("admin")
    text = ok(client.get(f"{OFFICE}/rules/GY-2022-15/1"))["text"]
    text = text.replace("version: 1", "version: 2", 1)
    text = text.replace("limits.major.max: {value: 15,", "limits.major.max: {value: 14,")
    far = {"text": text, "since": "9999-12-31"}
    refused(client.post(f"{OFFICE}/rules", far), 422, "since")
    ok(client.post(f"{OFFICE}/rules", far | {"since": zone.today(30)}), 201)
    assert ok(client.get(f"{OFFICE}/rules"))["items"][0]["pending"]
    taken_back = {"subject": "GY-2022-15/2", "data": {"reason": "日期误填"}}
    command(client, "rules.withdraw", taken_back)
    (only,) = ok(client.get(f"{OFFICE}/rules"))["items"]
    assert (only["version"], only["pending"]) == (1, False)
    refused(client.post(f"{OFFICE}/commands/rules.withdraw", taken_back), 404)


def test_what_was_done_is_known_although_its_answer_was_lost(
    zone: Zone, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = zone.client("admin")
    body = {"data": {"kind": "town", "name_zh": "示例二镇"}}

    def fail(*_: object) -> None:
        raise RuntimeError("gone between the act and its answer")

    with monkeypatch.context() as patched:
        patched.setattr(onces, "answer", fail)
        refused(client.post(f"{OFFICE}/commands/body.add", body, KEY), 500)
    told = ok(client.post(f"{OFFICE}/commands/body.add", body, KEY))
    (added,) = ok(client.get(f"{OFFICE}/bodies", text="示例二镇"))["items"]
    assert told["subject"] == added["id"]


def sheet(*rows: str) -> dict[str, object]:
    content = "\n".join([",".join(column.title for column in COLUMNS), *rows]) + "\n"
    return {"file": (io.BytesIO(content.encode()), "企业.csv")}


def test_enterprises_are_tried_then_imported_once(zone: Zone) -> None:
    client = zone.client("admin")
    (town, *_) = ok(client.get(f"{OFFICE}/bodies", text="镇"))["items"]
    (department, *_) = ok(client.get(f"{OFFICE}/bodies", text="经济"))["items"]
    row = f"示例新材料有限公司,,,{town['name_zh']},{department['name_zh']},机械,规下,,示例甲,,,"
    address = f"{OFFICE}/enterprises/import"
    tried = ok(client.send("POST", f"{address}?dry_run=true", headers=KEY, data=sheet(row)))
    assert tried == {"added": ["示例新材料有限公司"], "changed": [], "same": []}
    assert ok(client.get(f"{OFFICE}/enterprises", text="示例新材料"))["total"] == 0
    for _ in range(2):
        assert ok(client.send("POST", address, headers=KEY, data=sheet(row))) == tried
    assert ok(client.get(f"{OFFICE}/enterprises", text="示例新材料"))["total"] == 1
    wrong = client.send("POST", address, data=sheet(row, ",,,,,,,,,,,x"))
    assert list(refused(wrong, 422)["errors"]) == ["3"]


@pytest.mark.parametrize("name", ["企业.exe", "企业", "企业.xlsx"])
def test_sheets_that_are_none(small_zone: Zone, name: str) -> None:
    sent = {"file": (io.BytesIO(b"no sheet"), name)}
    refused(small_zone.client("admin").send("POST", f"{OFFICE}/enterprises/import", data=sent), 422)
