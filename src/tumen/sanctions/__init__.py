"""What resolutions allow, what was delivered, earned and stolen in spite of them."""
