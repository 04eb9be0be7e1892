import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]
Labels = NDArray[np.integer]
AffineCache = tuple[Array, Array, Array]


def affine_forward(x: Array, w: Array, b: Array) -> tuple[Array, AffineCache]:
    # flatten every example first, then one matrix product for the whole batch
    num_examples = x.shape[0]
    num_features = w.shape[0]
    x_flat = np.reshape(x, (num_examples, num_features))
    out = np.matmul(x_flat, w)
    return out, (x, w, b)


def affine_backward(dout: Array, cache: AffineCache) -> tuple[Array, Array, Array]:
    x, w, _ = cache
    num_examples = x.shape[0]
    num_features = w.shape[0]
    x_flat = np.reshape(x, (num_examples, num_features))
    # shapes: dout (N, M), w (D, M) -> dx (N, D)
    dx_flat = np.matmul(dout, np.transpose(w))
    dx = np.reshape(dx_flat, x.shape)
    # (D, N) x (N, M) -> (D, M)
    dw = np.matmul(np.transpose(x_flat), dout)
    # the bias is added to every example, so its gradients add up
    db = np.matmul(np.ones(num_examples), dout)
    return dx, dw, db


def relu_forward(x: Array) -> tuple[Array, Array]:
    is_positive = x > 0
    out = x * is_positive
    return out, x


def relu_backward(dout: Array, cache: Array) -> Array:
    x = cache
    # the gradient only flows where the input was positive
    is_positive = x > 0
    dx = dout * is_positive
    return dx


def softmax_loss(x: Array, y: Labels) -> tuple[np.floating, Array]:
    num_examples, num_classes = x.shape
    # subtract the maximum of each row so that exp() does not overflow
    row_max = np.amax(x, axis=1).reshape(num_examples, 1)
    shifted = x - row_max
    log_sum = np.log(np.sum(np.exp(shifted), axis=1)).reshape(num_examples, 1)
    log_probabilities = shifted - log_sum
    picked = log_probabilities[np.arange(num_examples), y]
    loss = -np.sum(picked) / num_examples
    # derivative: p - 1 for the right class, p for the others
    dx = np.exp(log_probabilities)
    dx[np.arange(num_examples), y] = dx[np.arange(num_examples), y] - 1
    dx = dx / num_examples
    return loss, dx


def svm_loss(x: Array, y: Labels) -> tuple[np.floating, Array]:
    num_examples, num_classes = x.shape
    correct_scores = np.zeros((num_examples, 1))
    for n in range(num_examples):
        correct_scores[n, 0] = x[n, y[n]]
    margins = x - correct_scores + 1
    margins[np.arange(num_examples), y] = 0
    positive = margins > 0
    loss = np.sum(margins[positive]) / num_examples
    dx = np.zeros(x.shape)
    dx[positive] = 1
    how_many = np.sum(positive, axis=1)
    dx[np.arange(num_examples), y] = -how_many
    dx = dx / num_examples
    return loss, dx
