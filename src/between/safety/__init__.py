"""The safety floor: rules that look at every text before and outside any model, and reviewed words for what they find."""
