"""Nearest-neighbour indexes over descriptors."""
