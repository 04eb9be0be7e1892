"""What students get: stripped of solutions, and proved to be."""

from autograder.release.errors import ReleaseError
from autograder.release.release import release_assignment

__all__ = ["ReleaseError", "release_assignment"]
