"""The stopwatch, from the command line: ``python -m between.bench [NAME …] [--quick]``."""
