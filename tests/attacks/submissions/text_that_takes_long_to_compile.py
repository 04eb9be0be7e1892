"""Constants that the compiler would compute, and literals of millions of digits."""

CLASSES = (22, 34)
ENDLESS = True
SAYS = ("importing layers.py: no answer within",)
TEXT = "x" * 1000

big = 10**4000
power = 9**9**9
text = "a" * 10**12
digits = int("9" * 5000)
