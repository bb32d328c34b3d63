"""Papers over the interface: word for word, and only to whoever may see the case."""

from __future__ import annotations

from tests.api.harness import Zone, ok, refused
from tests.api.test_extension_scenarios import granted


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
