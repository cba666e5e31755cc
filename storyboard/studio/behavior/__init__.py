"""How the studio behaves, as tables: statuses, refusals, switches, faults. Stores nothing."""
