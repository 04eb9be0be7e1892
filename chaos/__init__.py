"""Faults while a class is graded: nothing may be lost, or be left over. For maintainers only."""
