"""The tables behind methods, each in the words of the domain."""
