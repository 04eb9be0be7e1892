"""nbgrader's grade book: verdicts go in, and its own commands and pages work on them."""
