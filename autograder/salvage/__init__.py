"""The text of a submission is read, and mended where a slip would cost right mathematics."""
