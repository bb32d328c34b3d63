"""`POST /definitions/check` tells the gate and the verifier as one."""

from __future__ import annotations

from tests.api.harness import Zone, ok


def test_a_check_judges_every_property(small_zone: Zone) -> None:
    client = small_zone.client("designer")
    files = ok(client.get("/definitions/extension_request/1"))["files"]
    whole = ok(client.post("/definitions/check", {"files": files}))
    assert (whole["deployable"], whole["decided"]) == (True, True)
    sound = [one for one in whole["properties"] if one["kind"] == "soundness"]
    assert {one["id"] for one in sound} == {
        *("safe", "option_to_complete", "proper_completion"),
        *("no_dead_activity", "no_leftover_message"),
    }
    assert all(one["holds"] for one in sound)


def test_a_signature_that_is_dropped_is_told_with_its_article(small_zone: Zone) -> None:
    client = small_zone.client("designer")
    files = ok(client.get("/definitions/extension_request/1"))["files"]
    diagram = files["extension_request.bpmn"]
    without = diagram.replace('value="extension.sign.industry_department"', 'value="own.sign"')
    assert without != diagram
    found = ok(client.post("/definitions/check", {"xml": without, "process": "extension_request"}))
    assert not found["deployable"]
    broken = [one for one in found["properties"] if one["holds"] is False and one["article"]]
    assert broken
    assert any(one["path"] for one in broken)
