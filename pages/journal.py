"""Journal, a page for today and the past one click away."""

from between.ui import session
from between.ui.views import journal

me = session.unlocked()
journal.show(me)
