"""The yardsticks, from the command line: ``python -m between.evaluate TASK FILE [--out PREDICTIONS.jsonl]``."""
