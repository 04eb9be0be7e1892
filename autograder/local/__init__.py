"""The student's door: check a task in the notebook or the terminal, and pack the submission."""
