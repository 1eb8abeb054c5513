"""The design's variables: their values, sliders, names and what each holds."""
