"""What is asked: one module per student file, and in `nets` what every net is asked alike.

A case calls the student's code and names the answers. The same case is run on the reference, so it
holds no formula. Inputs are chosen to separate: each oddity in them is there because some known
mistake gives the right answer without it.
"""
