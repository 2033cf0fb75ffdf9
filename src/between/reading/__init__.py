"""What a text says, without a model: intent, feelings, distortions, people; guesses, all of them."""
