"""Layer 4: what users can set (`options`), and what everything else reads (`settings`)."""
