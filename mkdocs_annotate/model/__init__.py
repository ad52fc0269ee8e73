"""The data of annotations, sources, kinds and problems: frozen, and without any input or output."""
