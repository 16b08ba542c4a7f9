"""Layouts in which albums and lists leave the program. Pure writers: they are given records and a place."""
