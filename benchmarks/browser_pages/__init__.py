"""Made pages of styles and elements, read by us and by Chromium: whether both see the same."""
