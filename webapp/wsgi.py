"""What a production server loads: `webapp.wsgi:application`."""

from __future__ import annotations

from webapp.factory import create_app
from workflows.app import Bihuan, Settings

_bihuan = Bihuan.open(Settings.from_environment())
application = create_app(_bihuan, https=_bihuan.settings.https, secret=_bihuan.secret_key)
