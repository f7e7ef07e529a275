"""Plans side by side (对照): what was kept, changed, dropped or taken up."""
