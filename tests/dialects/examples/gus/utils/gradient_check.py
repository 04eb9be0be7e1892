import numpy as np
from random import randrange


def grad_check_sparse(f, x, analytic_grad, num_checks=10, h=1e-5):
  """ handed out """
  for i in range(num_checks):
    ix = tuple([randrange(m) for m in x.shape])
    x[ix] += h
    fxph = f(x)
    x[ix] -= 2 * h
    fxmh = f(x)
    x[ix] += h
    print('numerical: %f analytic: %f' % ((fxph - fxmh) / (2 * h), analytic_grad[ix]))
