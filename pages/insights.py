"""Insights, a mirror with sources."""

from between.ui import session
from between.ui.views import insights

me = session.unlocked()
insights.show(me)
