"""Provider usage → disjoint counters: one definition for the readers and for `price`."""
