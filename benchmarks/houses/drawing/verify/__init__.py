"""Independent verifiers: which items a story breaks, by their own count, one module a procedure."""
