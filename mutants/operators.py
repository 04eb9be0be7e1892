"""Mutation operators: each maps a node of a syntax tree to nodes that make a small mistake."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import libcst as cst
import libcst.matchers as m

Operator = Callable[[cst.CSTNode], Iterator[cst.CSTNode]]
OPERATORS: dict[str, Operator] = {}

ARITHMETIC: dict[type, type[cst.BaseBinaryOp]] = {
    cst.Add: cst.Subtract,
    cst.Subtract: cst.Add,
    cst.Multiply: cst.Divide,
    cst.Divide: cst.Multiply,
    cst.FloorDivide: cst.Multiply,
    cst.Power: cst.Multiply,
    cst.MatrixMultiply: cst.Multiply,
}
AUGMENTED: dict[type, type[cst.BaseAugOp]] = {
    cst.AddAssign: cst.SubtractAssign,
    cst.SubtractAssign: cst.AddAssign,
    cst.MultiplyAssign: cst.DivideAssign,
    cst.DivideAssign: cst.MultiplyAssign,
}
COMPARISONS: dict[type, tuple[type[cst.BaseCompOp], ...]] = {
    cst.LessThan: (cst.LessThanEqual, cst.GreaterThan),
    cst.LessThanEqual: (cst.LessThan, cst.GreaterThan),
    cst.GreaterThan: (cst.GreaterThanEqual, cst.LessThan),
    cst.GreaterThanEqual: (cst.GreaterThan, cst.LessThan),
    cst.Equal: (cst.NotEqual,),
    cst.NotEqual: (cst.Equal,),
    cst.Is: (cst.IsNot,),
    cst.IsNot: (cst.Is,),
    cst.In: (cst.NotIn,),
    cst.NotIn: (cst.In,),
}
FUNCTIONS = {
    "sum": "mean", "mean": "sum", "max": "min", "min": "max", "maximum": "minimum",
    "minimum": "maximum", "zeros": "ones", "ones": "zeros", "zeros_like": "ones_like",
    "ones_like": "zeros_like", "argmax": "argmin", "var": "std", "std": "var",
    "kaiming_normal_": "xavier_normal_", "standard_normal": "random", "random": "standard_normal",
    "update": "setdefault", "items": "copy", "ReLU": "Sigmoid", "relu": "sigmoid",
}  # fmt: skip
STRINGS = {"train": "test", "test": "train", "batchnorm": "layernorm", "layernorm": "batchnorm"}


def operator(mutate: Operator) -> Operator:
    """Register `mutate` under its name."""
    OPERATORS[mutate.__name__] = mutate
    return mutate


def in_brackets(node: cst.BaseExpression, **changes: Any) -> cst.BaseExpression:
    """`node` with `changes`, in brackets, so that it binds as the original did."""
    return node.with_changes(**changes, lpar=[cst.LeftParen()], rpar=[cst.RightParen()])


@operator
def arithmetic(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Another operation: + for -, * for /."""
    if isinstance(node, cst.BinaryOperation) and (other := ARITHMETIC.get(type(node.operator))):
        yield in_brackets(node, operator=other())
    if isinstance(node, cst.AugAssign) and (augmented := AUGMENTED.get(type(node.operator))):
        yield node.with_changes(operator=augmented())


@operator
def plain_assignment(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """`=` for `+=`: the last term instead of the sum."""
    if isinstance(node, cst.AugAssign):
        yield cst.Assign([cst.AssignTarget(node.target)], node.value)


@operator
def dropped_operand(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """One side of an operation alone: a term, a factor, a regularization, an eps is missing."""
    if isinstance(node, cst.BinaryOperation):
        yield node.left
        yield node.right
    if isinstance(node, cst.BooleanOperation):
        yield node.left
        yield node.right


@operator
def swapped_operands(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The sides of an operation exchanged."""
    ordered = cst.Subtract | cst.Divide | cst.FloorDivide | cst.MatrixMultiply | cst.Power
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, ordered):
        left, right = _bracketed(node.right), _bracketed(node.left)
        yield in_brackets(node, left=left, right=right)


def _bracketed(node: cst.BaseExpression) -> cst.BaseExpression:
    return node if node.lpar else in_brackets(node)


@operator
def sign(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """A lost minus, or a lost not."""
    if isinstance(node, cst.UnaryOperation):
        yield node.expression


@operator
def comparison(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Another comparison: < for <= or >."""
    if isinstance(node, cst.Comparison) and len(node.comparisons) == 1:
        target = node.comparisons[0]
        for other in COMPARISONS.get(type(target.operator), ()):
            yield in_brackets(node, comparisons=[target.with_changes(operator=other())])


@operator
def condition(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """A branch that is always or never taken."""
    if isinstance(node, cst.If | cst.IfExp):
        for name in ("True", "False"):
            yield node.with_changes(test=cst.Name(name))


@operator
def constant(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Another number: off by one, twice, half or nothing."""
    if isinstance(node, cst.Integer):
        yield cst.Integer(str(node.evaluated_value + 1))
        if node.evaluated_value > 0:
            yield cst.Integer(str(node.evaluated_value - 1))
    if isinstance(node, cst.Float):
        for value in (node.evaluated_value * 2, node.evaluated_value / 2, 0.0):
            yield cst.Float(repr(value))


@operator
def axis(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """All axes, or one of several axes missing."""
    if m.matches(node, m.Arg(keyword=m.Name("axis"))):
        assert isinstance(node, cst.Arg)
        yield node.with_changes(value=cst.Name("None"))
        if isinstance(node.value, cst.Tuple):
            elements = node.value.elements
            for i in range(len(elements)):
                kept = [*elements[:i], *elements[i + 1 :]]
                plain = [cst.Element(element.value) for element in kept]
                yield node.with_changes(value=node.value.with_changes(elements=plain))


@operator
def keepdims(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """A sum that loses its axis."""
    if m.matches(node, m.Arg(keyword=m.Name("keepdims"))):
        assert isinstance(node, cst.Arg)
        yield node.with_changes(value=cst.Name("False"))


@operator
def dropped_argument(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """An argument left to its default."""
    if isinstance(node, cst.Call) and len(node.args) > 1:
        for i, arg in enumerate(node.args):
            if arg.keyword is not None or i == len(node.args) - 1:
                yield _with_args(node, [*node.args[:i], *node.args[i + 1 :]])


@operator
def swapped_arguments(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Two neighbouring positional arguments exchanged."""
    if isinstance(node, cst.Call):
        args = list(node.args)
        plain = [i for i, arg in enumerate(args) if arg.keyword is None and not arg.star]
        for i, j in pairwise(plain):
            swapped = list(args)
            swapped[i], swapped[j] = args[j], args[i]
            yield _with_args(node, swapped)


@operator
def swapped_results(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Two neighbouring items of a tuple exchanged: results, axes, shapes."""
    if isinstance(node, cst.Tuple):
        elements = list(node.elements)
        for i in range(len(elements) - 1):
            swapped = [cst.Element(element.value) for element in elements]
            swapped[i], swapped[i + 1] = swapped[i + 1], swapped[i]
            yield node.with_changes(elements=swapped)


def _with_args(node: cst.Call, args: list[cst.Arg]) -> cst.Call:
    comma = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
    ends = [comma] * (len(args) - 1) + [cst.MaybeSentinel.DEFAULT]
    return node.with_changes(
        args=[arg.with_changes(comma=end) for arg, end in zip(args, ends, strict=True)]
    )


@operator
def function(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Another function of the same kind: mean for sum, minimum for maximum."""
    match node:
        case cst.Call(func=cst.Attribute(attr=cst.Name(value=name)) as func) if name in FUNCTIONS:
            other = func.with_changes(attr=cst.Name(FUNCTIONS[name]))
            yield node.with_changes(func=other)


@operator
def dropped_call(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The argument or the object alone: no square root, no copy, no transposition."""
    match node:
        case cst.Call(
            func=cst.Attribute(value=cst.Name(value="np" | "F" | "math")), args=[arg, *_]
        ):
            yield arg.value
        case cst.Call(func=cst.Attribute(value=value)):
            yield value
        case cst.Attribute(value=value, attr=cst.Name(value="T")):
            yield value


@operator
def dropped_statement(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """A line that is not there."""
    if isinstance(node, cst.SimpleStatementLine) and not m.matches(node.body[0], m.Pass()):
        yield node.with_changes(body=[cst.Pass()])


@operator
def bounds(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """A slice or a range that is one shorter, begins one later, or has no bound."""
    one = cst.Integer("1")
    if isinstance(node, cst.Slice):
        for side in ("lower", "upper"):
            if bound := getattr(node, side):
                yield node.with_changes(**{side: None})
                yield node.with_changes(**{side: cst.BinaryOperation(bound, cst.Add(), one)})
    if m.matches(node, m.Call(func=m.Name("range"))):
        assert isinstance(node, cst.Call)
        stop = node.args[min(1, len(node.args) - 1)]
        less = stop.with_changes(value=cst.BinaryOperation(stop.value, cst.Subtract(), one))
        i = node.args.index(stop)
        yield node.with_changes(args=[*node.args[:i], less, *node.args[i + 1 :]])


@operator
def mode(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The other mode, or an unknown one."""
    if isinstance(node, cst.SimpleString) and isinstance(value := node.evaluated_value, str):
        yield cst.SimpleString(repr(STRINGS.get(value, f"{value}_")))


@operator
def dtype(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Single precision."""
    match node:
        case (
            cst.Arg(keyword=cst.Name(value="dtype"))
            | cst.Arg(keyword=None, value=cst.Attribute(attr=cst.Name(value="dtype")))
        ):
            yield node.with_changes(value=cst.SimpleString('"float32"'))
        case cst.Call(func=cst.Attribute(attr=cst.Name(value="astype")), args=[arg, *rest]):
            single = arg.with_changes(value=cst.SimpleString('"float32"'))
            yield node.with_changes(args=[single, *rest])


@operator
def truth(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """True for False."""
    if m.matches(node, m.Name("True") | m.Name("False")):
        assert isinstance(node, cst.Name)
        yield cst.Name("False" if node.value == "True" else "True")
