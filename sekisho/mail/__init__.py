"""Mail as it is in the world: where it arrives, who may read it, and what whatever wrote it means to say."""
