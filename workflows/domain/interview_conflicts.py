"""Who among those that may interview agreed to an extension of the hazard; noted, not barred."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from workflows.domain import extension_requests as requests
from workflows.domain import interview_entries as entries
from workflows.domain import interview_hosts as hosts
from workflows.domain import organisation

_AHEAD = ("propose", "confirm", "schedule", "hold")


def signed(session: Session, document: Mapping[str, Any], now: datetime) -> frozenset[str]:
    """Return the hosts whose post is held by a signatory; none once no interview is ahead."""
    signers = requests.who_agreed(document)
    if not signers or not any(entries.step_of(one) in _AHEAD for one in _known(document)):
        return frozenset()
    posts = hosts.posts(document["bodies"])
    return frozenset(
        host
        for host, post in posts.items()
        if signers & set(organisation.holders(session, [post], now))
    )


def host_of(entry: Mapping[str, Any]) -> str | None:
    """Return the host as things stand: the table's, the one proposed, or the one that is named."""
    proposed = (entry["proposal"] or {}).get("host")
    standing = {"propose": entry.get("matrix_host"), "confirm": proposed}
    host: str | None = standing.get(entries.step_of(entry), entry["host"])
    return host


def _known(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [one for one in document.get("interviews") or () if "kind" in one]
