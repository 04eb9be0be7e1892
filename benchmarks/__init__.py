"""Commands that make every figure in docs/benchmarks.md."""
