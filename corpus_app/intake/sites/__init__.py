"""What the files of one site share, remembered so that each is read with what the others show."""
