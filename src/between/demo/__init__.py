"""A made-up person's diary with known patterns in it, to explore the product and to score its insights."""
