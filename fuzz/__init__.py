"""Fuzzing of what reads bytes from students' code. For maintainers only."""
