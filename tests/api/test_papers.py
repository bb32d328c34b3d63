"""Papers over the interface: word for word, and only to whoever may see the case."""

from __future__ import annotations

from tests.api.harness import Zone, ok, refused
from tests.api.test_extension_scenarios import granted
from tests.web.test_extension_page import case_page
from tests.web.visitor import Visitor


def test_the_papers_of_an_extension(zone: Zone) -> None:
    case = granted(zone)
    found = ok(zone.client("enterprise01").get(f"/cases/{case}/papers"))
    told = [(one["kind"], one["edition"], one["status"]) for one in found["items"]]
    assert told == [("D9", 1, "superseded"), ("D9", 2, "valid"), ("D10", 1, "valid")]
    assert found["total"] == 3
    decision = found["items"][-1]
    assert decision["number"] == "GY延审〔2026〕第1号"
    fields = {one["key"]: one["value"] for one in decision["content"]["fields"]}
    assert fields["new_date"] == "2026-03-27"
    refused(zone.client("enterprise02").get(f"/cases/{case}/papers"), 404)


def test_the_register_of_filings_is_for_authorities(zone: Zone) -> None:
    case = granted(zone)
    zone.do("bureau_clerk", case, "file", decision="file")
    papers = f"/cases/{case}/papers"
    known = ok(zone.client("bureau_head").get(papers))["items"]
    (register,) = [one for one in known if one["kind"] == "D11"]
    told = ok(zone.client("enterprise01").get(papers))["items"]
    assert [one["kind"] for one in told] == ["D9", "D9", "D10"]
    address = f"{papers}/{register['id']}"
    assert address in case_page(zone, "bureau_head", case).html
    assert address not in case_page(zone, "enterprise01", case).html
    visitor = Visitor(zone.app, "zh")
    visitor.sign_in("enterprise01")
    assert visitor.get(address).status_code == 404
    by_number = ok(zone.client("bureau_head").get(f"{papers}/{register['number']}"))
    assert by_number == ok(zone.client("bureau_head").get(address)) == register
    refused(zone.client("enterprise01").get(address), 404)
    refused(zone.client("bureau_head").get(f"{papers}/none"), 404)
