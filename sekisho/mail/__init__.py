"""Mail as it is in the world: whatever a portal's mail program writes, read as its reader's program shows it."""
