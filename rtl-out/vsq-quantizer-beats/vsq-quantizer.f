LargestMagnitude.v
VectorThresholds.v
ThresholdSearch.v
VsqQuantizer.v
