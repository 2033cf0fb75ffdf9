"""Chat, the conversation that remembers."""

from between.ui import session
from between.ui.views import chat

me = session.unlocked()
chat.show(me)
