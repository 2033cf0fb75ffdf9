"""What shows over time, said with its evidence or not at all: the room of insights."""
