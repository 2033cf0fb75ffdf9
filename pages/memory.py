"""Memory, what may come back, and forgetting it."""

from between.ui import session
from between.ui.views import memory

me = session.unlocked()
memory.show(me)
