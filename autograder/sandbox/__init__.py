"""Runs untrusted Python in throw-away processes; knows nothing of what the code is for."""
