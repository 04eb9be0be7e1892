"""Mutants of the solution: small mistakes that the checks must notice. For maintainers only."""
