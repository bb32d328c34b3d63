"""Every set of pages of the studio, and the modules that add their pages to one."""

from __future__ import annotations

from webapp.studio import (
    analysis_views,
    diff_draft_views,
    diff_views,
    draft_acts,
    draft_files_views,
    draft_json,
    draft_views,
    editor_new,
    expression_check,
    form_views,
    modeler_views,
    scenario_views,
    simulation_views,
    table_views,
    version_acts,
)
from webapp.studio.draft_blueprint import blueprint as drafts
from webapp.studio.views import blueprint as studio

ADDED = (
    *(analysis_views, diff_views, diff_draft_views, draft_views, draft_json, draft_acts),
    *(expression_check, editor_new, table_views, form_views, modeler_views),
    *(draft_files_views, version_acts, simulation_views, scenario_views),
)
"""What adds its pages to a set when it is imported."""

BLUEPRINTS = (studio, drafts)
