"""Long work: worker processes, progress and cancellation. Knows nothing of what is being worked on."""
