"""Rules "always remove this here": proposed with a preview, approved, applied, taken back."""
