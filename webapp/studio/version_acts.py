"""What is done with a version on its page: taken out as files, and gone back to."""

from __future__ import annotations

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.context import bihuan, current_actor, reading
from webapp.forms.attempt import attempt
from webapp.i18n.language import current_language, t
from webapp.policy import allow
from webapp.refusals import headers_of, status_of
from webapp.studio.draft_blueprint import READERS, agency
from webapp.studio.views import blueprint, version_html
from workflows.designing import exchange, packing, permission, rolling_back
from workflows.designing.packing import Package


@blueprint.get("/definitions/<process>/<int:version>/export.zip")
@allow.signed_in
def export(process: str, version: int) -> ResponseReturnValue:
    """Send a version as a zip of the files that git shows well."""
    with reading() as session:
        package = exchange.of_version(session, agency(), process, version)
    return zipped(package, f"{process}-v{version}.zip")


@blueprint.post("/definitions/<process>/<int:version>/rollback")
@allow.roles(*READERS)
def roll_back(process: str, version: int) -> ResponseReturnValue:
    """Make an earlier version the next one, or show what is in the way."""
    with reading() as session:
        permission.reading_desk(session, current_actor(), agency())
    reason, seen = request.form.get("reason", ""), request.form.get("seen", "")
    number = int(seen) if seen.isdecimal() and len(seen) < len(str(2**31)) else 0
    tried = attempt(
        lambda: rolling_back.roll_back(
            bihuan(), current_actor(), process, version, (number, reason)
        )
    )
    if tried.result is not None:
        flash(t("studio.rolled_back", version=tried.result.version), "done")
        to = url_for("studio.definition", process=process, version=tried.result.version)
        return redirect(to, 303)
    language = current_language()
    told = {
        "reason": reason,
        "faults": [one.text(language) for one in tried.faults],
        "refused": tried.refusal.text(language) if tried.refusal else "",
    }
    status, headers = status_of(tried.refusal), headers_of(tried.refusal)
    return version_html(process, version, told), status, headers


def zipped(package: Package, name: str) -> Response:
    """Return a package as a file to be kept."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
    }
    return Response(packing.pack(package), mimetype="application/zip", headers=headers)
