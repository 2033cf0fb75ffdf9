"""Get help now: the one page that opens without unlocking."""

from between.ui import session
from between.ui.views import help_now

help_now.show(session.space())
