"""Layer 6: the open documents. `Session` is the only mutable state; everything else sees a frozen `Snapshot`."""
