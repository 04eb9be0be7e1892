"""The checks as those of check50; the environment's CHECKS names them, PLAIN is their folder."""

import os
import sys

import check50

sys.path.insert(0, os.environ["PLAIN"])

import plain_checks


def _wrapped(name):
    def run():
        sys.path.insert(0, os.getcwd())
        if not plain_checks.passed(name):
            raise check50.Failure("wrong")

    run.__name__ = name
    run.__doc__ = name
    return check50.check()(run)


globals().update({name: _wrapped(name) for name in os.environ["CHECKS"].split(",")})
