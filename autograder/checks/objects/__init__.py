"""Cases for `layer-objects`: every class is asked by itself, its partners being the staff's.

`probe` has right layers, activations, losses and optimizers, so that what a student has not written
yet, or wrongly, costs nothing elsewhere.
"""
