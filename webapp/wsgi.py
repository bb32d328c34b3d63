"""What a production server loads: `webapp.wsgi:application`."""

from __future__ import annotations

import structlog

from engine.work.in_force import VersionsInForce
from webapp.factory import create_app
from workflows.app import Bihuan, Settings

log = structlog.get_logger()


def _make_ready() -> None:
    """Do beforehand what the first visitor of every page would wait for, up to a second."""
    for name in application.jinja_env.list_templates():
        application.jinja_env.get_template(name)
    # Without a database, or one without tables, the server starts all the same and says so.
    try:
        with _bihuan.database.read() as session:
            VersionsInForce(_bihuan.catalogue.of(_bihuan.settings.agency), session).make_ready()
    except Exception as error:  # noqa: BLE001 whatever it is, the pages that need it will tell
        log.warning("not made ready", error=str(error))


_bihuan = Bihuan.open(Settings.from_environment())
application = create_app(_bihuan, https=_bihuan.settings.https, secret=_bihuan.secret_key)
_make_ready()
