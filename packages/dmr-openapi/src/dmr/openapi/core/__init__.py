"""What one document is put together with: context, registries, merger."""
