"""The blocks as readers of the screen are told of them."""
