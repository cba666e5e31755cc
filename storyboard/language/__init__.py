"""What an author writes, bound to frozen values with their places. Renders no template."""
