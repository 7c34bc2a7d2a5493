"""What an editor does to a speech and its texts; what people decided stays decided."""
