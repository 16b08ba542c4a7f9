"""The words of the program: ids, records, changes, errors and the seams between rooms.

Standard library and NumPy only; every other room may import this one.
"""
