"""Makes the Flask application around a product: `create_app(bihuan)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp import api, errors, frame, policy, security, static_files
from webapp.accounts import own_views, session_views, token_views, users
from webapp.accounts.views import blueprint as accounts
from webapp.administration.registered import BLUEPRINTS as ADMINISTRATION
from webapp.cases.views import blueprint as cases
from webapp.context import KEY, read_together
from webapp.evidence.views import blueprint as evidence
from webapp.health import blueprint as health
from webapp.home.views import blueprint as home
from webapp.inbox.views import blueprint as inbox
from webapp.intake.views import blueprint as intake
from webapp.interviews.views import blueprint as interviews
from webapp.ledger.import_views import blueprint as imports
from webapp.ledger.views import blueprint as ledger
from webapp.notices.views import blueprint as notices
from webapp.papers.views import blueprint as papers
from webapp.running.migration_run_views import blueprint as running
from webapp.studio import answers
from webapp.studio.registered import BLUEPRINTS as STUDIO
from webapp.tasks.views import blueprint as tasks

if TYPE_CHECKING:
    from workflows.app import Bihuan

BLUEPRINTS = (
    *(
        home,
        accounts,
        inbox,
        tasks,
        cases,
        papers,
        intake,
        evidence,
        ledger,
        imports,
        notices,
        running,
    ),
    *(interviews, health, own_views.blueprint, session_views.blueprint, token_views.blueprint),
    *STUDIO,
    *ADMINISTRATION,
)
"""Every set of pages, by hand; the contract test of policies reads the routes they make."""

LARGEST_UPLOAD = 64 * 2**20
"""Bytes of one submission: about ten photos of a telephone."""

MOST_PARTS = 2000


def create_app(
    bihuan: Bihuan, *, testing: bool = False, https: bool = False, secret: str | None = None
) -> Flask:
    """Return the pages of a product.

    Args:
        bihuan: the product: database, runtime and domain.
        testing: raise no limits on requests, so that tests may sign in often.
        https: served through TLS: secure cookies, strict transport, redirects.
        secret: the key that signs cookies; without one they die with the process.
    """
    app = Flask(__name__)
    app.config.from_mapping(security.cookie_settings(secret, https=https))
    app.config.from_mapping(
        TESTING=testing,
        RATELIMIT_ENABLED=not testing,
        MAX_CONTENT_LENGTH=LARGEST_UPLOAD,
        MAX_FORM_PARTS=MOST_PARTS,
        PROPAGATE_EXCEPTIONS=False,
        TRUSTED_HOSTS=list(bihuan.settings.hosts) or None,
    )
    app.extensions[KEY] = bihuan
    read_together(app)
    security.protect(app, https=https)
    users.register(app)
    errors.register(app)
    frame.register(app)
    static_files.register(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    api.register(app)
    answers.register(app)
    policy.enforce(app)
    own_views.enforce(app)
    if https:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    return app
