"""Layer 1: what a prompt file looks like (`tree`), and what is to be written into one (`block`)."""
