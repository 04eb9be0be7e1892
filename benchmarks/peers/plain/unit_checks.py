"""The checks as Gradescope's tests: `unit_checks.py CHECKS RESULTS`, in the submission's folder."""

import sys
import unittest

import plain_checks
from gradescope_utils.autograder_utils.decorators import weight
from gradescope_utils.autograder_utils.json_test_runner import JSONTestRunner

names, results = sys.argv[1].split(","), sys.argv[2]
sys.path.insert(0, ".")


class Checks(unittest.TestCase):
    pass


for name in names:
    test = lambda self, name=name: plain_checks.CHECKS[name]()  # noqa: E731
    setattr(Checks, f"test_{name}", weight(1)(test))

with open(results, "w") as file:
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(Checks)
    JSONTestRunner(visibility="visible", stream=file).run(suite)
