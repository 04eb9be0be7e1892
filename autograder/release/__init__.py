"""What students get: stripped of solutions, and proved to be."""

from autograder.release.errors import ReleaseError

__all__ = ["ReleaseError"]
