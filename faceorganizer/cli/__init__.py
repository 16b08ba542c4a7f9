"""The command line: one module a noun, over the library."""
