"""An installed sekisho, tried as a person without a checkout has it."""
