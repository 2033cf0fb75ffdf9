"""Between."""
