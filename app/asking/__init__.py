"""What a citizen means by a sentence, and the answer to it. Pure: words and facts in, an intent and a text out."""
