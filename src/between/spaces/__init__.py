"""Spaces: creating, unlocking, recovering and destroying a diary's door. No accounts, no names, no e-mail."""
