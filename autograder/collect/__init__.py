"""What was downloaded becomes the folder of submissions that grading takes."""
