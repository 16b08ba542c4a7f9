"""The window, over services only: the one room that imports Qt."""
