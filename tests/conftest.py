"""What every test stands on: telemetry off before anything is imported."""

from between import quiet

quiet.hush()
