"""Settings from the environment, and the registries that diagrams rely on."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import Invalid
from workflows.app import gate_environment
from workflows.domain.acts import ACTS
from workflows.operations.registry import OPERATIONS, RESULT_TYPES
from workflows.settings import Settings


def test_the_embedded_database_is_the_default(tmp_path: Path) -> None:
    found = Settings.from_environment({"BIHUAN_DATA_DIR": str(tmp_path / "var")})
    assert found.database_url.startswith("sqlite:///")
    assert found.evidence_directory == tmp_path / "var" / "evidence"
    assert (found.agency, found.demo, found.virtual_clock) == ("default", False, None)


def test_our_own_variable_goes_before_the_common_one() -> None:
    both = {"DATABASE_URL": "postgresql://a", "BIHUAN_DATABASE_URL": "postgresql://b"}
    assert Settings.from_environment(both).database_url == "postgresql://b"


def test_secrets_may_lie_in_files(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("s3cret\n")
    environment = {"DATABASE_URL": "sqlite://", "BIHUAN_SECRET_KEY_FILE": str(tmp_path / "key")}
    assert Settings.from_environment(environment).secret_key == "s3cret"


@pytest.mark.parametrize(
    "wrong",
    [
        {"BIHUAN_CLOCK": "sundial"},
        {"BIHUAN_CLOCK": "virtual", "BIHUAN_CLOCK_START": "2026-03-01T00:00:00"},
        {"BIHUAN_DEMO": "maybe"},
        {"BIHUAN_SECRET_KEY_FILE": "/nowhere/at/all"},
    ],
)
def test_a_wrong_variable_is_named(wrong: dict[str, str]) -> None:
    with pytest.raises(Invalid, match=list(wrong)[-1]):
        Settings.from_environment({"DATABASE_URL": "sqlite://", **wrong})


def test_every_operation_says_what_it_answers() -> None:
    assert set(OPERATIONS) == set(RESULT_TYPES)


def test_the_gate_knows_acts_and_forms() -> None:
    environment = gate_environment()
    assert environment.act_messages == {
        "level.raise",
        "level.raise_propose",
        "level.raise_withdraw",
        "case.void_propose",
        "case.void_withdraw",
        "case.transfer",
        "case.shut_down",
        "extension.request",
        "extension.withdraw",
        "listing.open",
    }
    forms = {act.form for act in ACTS.values() if act.form} - {"watch"}
    assert environment.act_forms["hazard_rectification"] == forms | {"register"}
