"""Modular neural networks in NumPy: layers, nets, update rules and the tools to train them."""
