"""Neural networks of objects in NumPy: layers that keep their own parameters and gradients."""
