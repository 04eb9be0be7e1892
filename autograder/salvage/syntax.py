"""Is a text Python? Nothing of it is run to find out."""

import ast
import warnings


def syntax_error(text: str) -> SyntaxError | None:
    """Why Python cannot compile `text`, with the line, or None; a notebook's prompt counts too."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "", "exec", dont_inherit=True)
            return _prompt(ast.parse(text))
    except SyntaxError as error:
        return error
    except (ValueError, RecursionError, MemoryError) as error:
        return _error(str(error) or "nested too deeply", 1)


def _prompt(tree: ast.Module) -> SyntaxError | None:
    """`In [3]: x = 1` compiles: Python takes it for an item of `In` with a type."""
    for node in tree.body:
        match node:
            case ast.AnnAssign(target=ast.Subscript(value=ast.Name(id="In" | "Out"))):
                return _error("invalid syntax", node.lineno)
    return None


def _error(message: str, line: int) -> SyntaxError:
    return SyntaxError(message, ("", line, 1, ""))
