"""Stubs for what a file should define and does not."""

from collections.abc import Mapping

from autograder.assignment import Assignment
from autograder.salvage.definitions import absence, belonging, defines

STUB = """
if "{name}" not in globals():
    def {name}(*args, **kwargs):
        raise type("Undefined", (NotImplementedError,), {{}})({text!r})
"""


def completed(
    assignment: Assignment, files: Mapping[str, str], modules: Mapping[str, str]
) -> dict[str, str]:
    """`modules` with a stub of each released function that the student's `files` lack.

    The given files import all of them: one that is missing, as in a file from before it was asked
    for, would take with it all that is imported along with it.
    """
    texts = dict(modules)
    functions = {task.id for task in assignment.tasks if "." not in task.id}
    for path in files.keys() & set(assignment.student_files):
        for name in belonging(assignment, path):
            if name in functions and not defines(files[path], name):
                text = f"{name}: {absence(files, path, name)}"
                texts[path] += STUB.format(name=name, text=text)
    return texts
