"""dlib's networks, read from their own files and run at the speed of the processor."""
