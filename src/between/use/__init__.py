"""Honest use: saying what this is, noticing time, seeing people out. It blocks nothing and counts for nobody."""
