"""Settings: what there is to set, where it is kept, and how it is named, listed and parsed."""
