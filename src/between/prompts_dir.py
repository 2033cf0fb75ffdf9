"""Where the reviewed words lie: the ``prompts`` folder beside ``app.py``."""

from pathlib import Path

PROMPTS = Path(__file__).resolve().parents[2] / "prompts"
