"""What a block is written in: sizes, schedules, fields, tensors, bodies, and the walk over them."""
