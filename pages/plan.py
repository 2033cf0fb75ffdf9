"""The person's safety plan, and the people they could reach."""

from between.ui import session
from between.ui.views import plan

me = session.unlocked()
plan.show(me)
