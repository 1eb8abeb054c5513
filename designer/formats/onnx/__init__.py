"""ONNX graphs, with weights or without; the only room that imports onnx."""
