"""Writing, finding, bringing in and taking out: the room of the journal."""
