"""Readers for diaries that were kept elsewhere; nothing here writes anything."""
