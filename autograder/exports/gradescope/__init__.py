"""Gradescope: the zip of an autograder, what runs in it, and the results it leaves."""
