"""Results for other programs: views of the result document."""
