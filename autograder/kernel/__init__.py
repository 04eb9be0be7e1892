"""Jupyter kernels in the sandbox, for every program that starts kernels with jupyter_client."""
