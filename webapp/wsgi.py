"""What a production server loads: `webapp.wsgi:application`."""

from __future__ import annotations

from webapp.factory import create_app
from webapp.secret import secret_of
from workflows.app import Bihuan, Settings

_settings = Settings.from_environment()
application = create_app(Bihuan.open(_settings), https=_settings.https, secret=secret_of(_settings))
