"""Files to values with spans, within budgets: the only place that opens what users or strangers wrote."""
