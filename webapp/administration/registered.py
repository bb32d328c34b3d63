"""Every set of pages of the administration, by hand."""

from __future__ import annotations

from webapp.administration.calendar_views import blueprint as calendar
from webapp.administration.calendar_year import blueprint as calendar_year
from webapp.administration.import_views import blueprint as imports
from webapp.administration.rules_views import blueprint as rules
from webapp.administration.sign_in_views import blueprint as sign_in
from webapp.administration.views import blueprint as administration

BLUEPRINTS = (administration, calendar, calendar_year, imports, rules, sign_in)
