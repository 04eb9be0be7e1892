"""What students get: stripped of solutions, and proved to be."""
