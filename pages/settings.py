"""Settings, engine, privacy, export and deletion."""

from between.ui import session
from between.ui.views import settings

me = session.unlocked()
settings.show(me)
