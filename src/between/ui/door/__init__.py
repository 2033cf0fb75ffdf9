"""The lock and everything before it: plain pages that work without scripts, and the cookie that opens a space."""
