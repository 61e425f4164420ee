"""Requests: what was asked of the organization, turned into answers that rules decide on."""
