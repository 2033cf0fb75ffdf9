"""Switches off, before anything heavy is imported, every way in which a library would call home."""

import os

# Scars: onnxruntime writes a device id on import; a stray LANGSMITH_TRACING uploads every prompt;
# Chroma and the model hubs have their own switches.
_SWITCHES = {
    "ORT_DISABLE_TELEMETRY": "1",
    "LANGSMITH_TRACING": "false",
    "LANGSMITH_TRACING_V2": "false",
    "LANGCHAIN_TRACING": "false",
    "LANGCHAIN_TRACING_V2": "false",
    "ANONYMIZED_TELEMETRY": "False",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "TOKENIZERS_PARALLELISM": "false",
    # No telemetry, but the same place: numpy's threads and the encoder's fight for the same cores.
    "OPENBLAS_NUM_THREADS": "1",
}


def hush() -> None:
    """Set the switches for this process, whatever the person's shell says, and keep new files private."""
    os.environ.update(_SWITCHES)
    os.umask(0o077)
