"""What a person does in one scenario: the open windows, the certificates they hold, the way to the portal."""
