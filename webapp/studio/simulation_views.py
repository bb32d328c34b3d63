"""Pages of simulations: the form with those that are kept, and one report."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.context import bihuan, current_actor, reading
from webapp.forms.attempt import attempt
from webapp.i18n.language import current_language, t
from webapp.policy import allow
from webapp.refusals import headers_of, status_of
from webapp.studio.draft_blueprint import READERS, agency, blueprint
from webapp.studio.simulation_form import asked_of, form_page
from webapp.studio.simulation_page import simulated_page
from workflows.simulating import kept


@blueprint.get("/definitions/<process>/simulation")
@allow.roles(*READERS)
def simulation(process: str) -> ResponseReturnValue:
    """Show what may be simulated of a process, and what was."""
    return _form(process, request.args.to_dict(), {}, "")


@blueprint.post("/definitions/<process>/simulation")
@allow.roles(*READERS)
def simulate(process: str) -> ResponseReturnValue:
    """Keep a simulation for the worker, or show what is wrong."""
    sent = request.form.to_dict()
    asked, actor = asked_of(process, sent), current_actor()
    tried = attempt(
        lambda: bihuan().database.run(lambda session: kept.submit(session, actor, agency(), asked))
    )
    if tried.result is not None:
        address = url_for("drafts.simulated", process=process, simulation_id=tried.result)
        return redirect(address, 303)
    language = current_language()
    faults = {one.field: one.text(language) for one in tried.faults}
    refused = tried.refusal.text(language) if tried.refusal else ""
    shown = _form(process, sent, faults, refused)
    return shown, status_of(tried.refusal), headers_of(tried.refusal)


@blueprint.get("/definitions/<process>/simulation/<simulation_id>")
@allow.roles(*READERS)
def simulated(process: str, simulation_id: str) -> ResponseReturnValue:
    """Show a simulation: how far it is, or what came of it."""
    with reading() as session:
        page = simulated_page(session, current_actor(), agency(), process, simulation_id)
    return render_template("studio/simulated.html", page=page)


@blueprint.post("/definitions/<process>/simulation/<simulation_id>/cancel")
@allow.roles(*READERS)
def cancel_simulation(process: str, simulation_id: str) -> ResponseReturnValue:
    """End a simulation that waits or is played."""
    actor, asked = current_actor(), (process, simulation_id)
    ended = bihuan().database.run(lambda session: kept.cancel(session, actor, agency(), *asked))
    if ended:
        flash(t("simulation.cancelled"), "done")
    else:
        flash(t("simulation.over"), "info")
    address = url_for("drafts.simulated", process=process, simulation_id=simulation_id)
    return redirect(address, 303)


def _form(process: str, sent: Mapping[str, str], faults: Mapping[str, str], refused: str) -> str:
    with reading() as session:
        page = form_page(session, current_actor(), agency(), process, sent)
    return render_template("studio/simulation.html", page=page, faults=faults, refused=refused)
